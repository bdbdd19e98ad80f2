/** The ranker's network: trained with DJL on PyTorch's native CPU build, written as ONNX. Nothing else here imports DJL. */
@NullMarked
package dev.funnel.trainer.rank.network;

import org.jspecify.annotations.NullMarked;
