/** Why a call is not answered: every kind of refusal, as a type. */
@NullMarked
package dev.funnel.runtime.error;

import org.jspecify.annotations.NullMarked;
