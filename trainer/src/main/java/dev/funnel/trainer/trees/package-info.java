/** Gradient-boosted trees: trained by XGBoost, written as ONNX. Nothing else here imports XGBoost. */
@NullMarked
package dev.funnel.trainer.trees;

import org.jspecify.annotations.NullMarked;
