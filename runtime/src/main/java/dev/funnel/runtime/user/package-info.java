/** What the stages get to know of a user. */
@NullMarked
package dev.funnel.runtime.user;

import org.jspecify.annotations.NullMarked;
