/** Systems that are asked for the next item of a session, whoever it is of. */
@NullMarked
package dev.funnel.trainer.evaluate.session;

import org.jspecify.annotations.NullMarked;
