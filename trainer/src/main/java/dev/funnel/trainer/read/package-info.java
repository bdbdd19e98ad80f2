/** Reading: items, users, interactions and impressions, from CSV, Parquet or JSON lines into columns, every bad row counted. */
@NullMarked
package dev.funnel.trainer.read;

import org.jspecify.annotations.NullMarked;
