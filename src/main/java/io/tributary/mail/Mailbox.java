package io.tributary.mail;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person or machine that mail comes from.
 *
 * @param name as written; null when the mail gives none, or gives the address in its place
 * @param address null where somebody is named without one
 */
public record Mailbox(@Nullable String name, @Nullable String address) {
    /** Nobody. */
    static final Mailbox NONE = new Mailbox(null, null);

    /** Whether both are the same address; somebody without one is nobody else. */
    boolean isSameAddress(Mailbox other) {
        return address != null && other.address != null && address.equalsIgnoreCase(other.address);
    }

    /** The part behind the {@code @}, in lower case; empty without an address. */
    public String domain() {
        return address == null
                ? ""
                : address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** The part before the {@code @}, in lower case; empty without an address. */
    String localPart() {
        return address == null
                ? ""
                : address.substring(0, address.lastIndexOf('@')).toLowerCase(Locale.ROOT);
    }

    boolean isNobody() {
        return name == null && address == null;
    }

    /** As a header writes it. */
    @Override
    public String toString() {
        if (address == null) {
            return name == null ? "" : name;
        }
        return name == null ? address : name + " <" + address + ">";
    }
}
