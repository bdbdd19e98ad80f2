/** What the documents say is there, is there. */
@NullMarked
package dev.funnel.systemtests.document;

import org.jspecify.annotations.NullMarked;
