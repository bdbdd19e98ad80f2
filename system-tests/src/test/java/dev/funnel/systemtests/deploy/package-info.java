/** What is deployed: manifests, container files, sample configuration. */
@NullMarked
package dev.funnel.systemtests.deploy;

import org.jspecify.annotations.NullMarked;
