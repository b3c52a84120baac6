/**
 * Files on their way in: kept until they are taken, queued by workspace, and taken in turns, so that a large file holds
 * nobody up and a crash loses none.
 */
@NullMarked
package io.tributary.imports;

import org.jspecify.annotations.NullMarked;
