/**
 * The artifact: what the trainer writes and every service reads.
 *
 * <p>A bundle is a directory {@code <root>/<name>/<version>/} of {@code manifest.json}, safetensors and ONNX files and JSON beside
 * them, and nothing else. {@link dev.funnel.bundle.BundleStore} publishes one, {@link dev.funnel.bundle.Bundle#open} verifies and
 * maps one; {@link dev.funnel.bundle.TableWriter} describes the tables. To write one without this library:
 *
 * <ol>
 *   <li>write the files; tensors are F32 (finite), I32, I64 or U8, aligned to their element size, as the common safetensors
 *       writers do;
 *   <li>write {@code manifest.json}: {@code format} 1, {@code name}, {@code published} (UTC, {@code yyyyMMddHHmmssSSS}, later than
 *       that of every version beside it), {@code chunk_bytes} (a multiple of 8, 65536 to 1073741824), {@code files} with
 *       {@code path}, {@code size}, {@code sha256} (one for each chunk) and {@code tensors} in the order of their offsets
 *       ({@code name}, {@code dtype}, {@code shape}), {@code generators}, and if there are any {@code ranker}, {@code golden_queries},
 *       {@code metrics}, {@code trained_until}, {@code item_log_position};
 *   <li>name the directory {@code <published>-<first 12 hex digits of the SHA-256 of manifest.json>}, last, by renaming: from then
 *       on it is served.
 * </ol>
 */
@NullMarked
package dev.funnel.bundle;

import org.jspecify.annotations.NullMarked;
