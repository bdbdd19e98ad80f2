/** Who vouches for a bundle: Ed25519 signatures over the bytes of its manifest (RFC 8032), and the keys they are made and checked with. */
@NullMarked
package dev.funnel.bundle.signature;

import org.jspecify.annotations.NullMarked;
