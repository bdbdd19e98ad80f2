/** What a process counts and times, and the port where it is read. */
@NullMarked
package dev.funnel.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
