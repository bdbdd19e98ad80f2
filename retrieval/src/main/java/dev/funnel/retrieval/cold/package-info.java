/** Places in a vector space for users and items that nothing was fitted on: by profile, by uploader and category, by content. */
@NullMarked
package dev.funnel.retrieval.cold;

import org.jspecify.annotations.NullMarked;
