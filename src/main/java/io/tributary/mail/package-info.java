/**
 * Understanding a mail: its parts, whether it was forwarded and by whom it was written first, whether it is a lead at all,
 * and what it says of company, phone, amounts and dates. Pure: bytes in, words of the field out.
 */
@NullMarked
package io.tributary.mail;

import org.jspecify.annotations.NullMarked;
