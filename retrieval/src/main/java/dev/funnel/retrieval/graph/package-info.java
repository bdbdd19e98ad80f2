/** The union graph: how it is built, stored and searched. */
@NullMarked
package dev.funnel.retrieval.graph;

import org.jspecify.annotations.NullMarked;
