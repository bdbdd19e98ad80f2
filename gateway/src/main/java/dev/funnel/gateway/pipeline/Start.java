package dev.funnel.gateway.pipeline;

import dev.funnel.gateway.page.PagePosition;
import dev.funnel.runtime.wire.Degradation;
import java.util.List;

/**
 * Where a request sets out from.
 *
 * @param position version, seed, time and what was shown so far
 * @param losses what was lost before it set out
 */
record Start(PagePosition position, List<Degradation> losses) {}
