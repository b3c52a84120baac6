package io.tributary.mail;

/** What the prefix of a subject says of a mail. */
enum SubjectPrefix {
    NONE,
    FORWARD,
    REPLY,
    /** A forward in one language, a reply in another: {@code VS} in Danish and in Finnish. */
    EITHER;

    SubjectPrefix or(SubjectPrefix other) {
        return this == other ? this : EITHER;
    }
}
