package io.tributary.mapping;

/** Which of day, month and year stands first where a date is written in digits. */
public enum DateOrder {
    DMY,
    MDY,
    YMD
}
