/** Mails as a source: handed in by request, or fetched from mailboxes. */
@NullMarked
package io.tributary.email;

import org.jspecify.annotations.NullMarked;
