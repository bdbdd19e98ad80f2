/** Real processes and real sockets; one class per promise. */
@NullMarked
package dev.funnel.systemtests.promise;

import org.jspecify.annotations.NullMarked;
