package io.tributary.automation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An automation that fires, within the transaction that records it. What its steps do is gathered here to be told. */
public final class Firing {
    private final UUID id;
    private final String automation;
    private final Occasion occasion;
    private final Instant at;
    private final Map<String, @Nullable Object> deal;
    private final List<UUID> tasks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int mails;

    Firing(UUID id, String automation, Occasion occasion, Instant at, Map<String, @Nullable Object> deal) {
        this.id = id;
        this.automation = automation;
        this.occasion = occasion;
        this.at = at;
        this.deal = deal;
    }

    /** Names it for good. */
    public UUID id() {
        return id;
    }

    public String automation() {
        return automation;
    }

    public Occasion occasion() {
        return occasion;
    }

    /** The deal as it is now, by the names that the API uses. */
    public Map<String, @Nullable Object> deal() {
        return deal;
    }

    void made(UUID task) {
        tasks.add(task);
    }

    void note(String text) {
        notes.add(text);
    }

    List<String> notes() {
        return notes;
    }

    /** Counts a mail; the number is part of what makes it one mail. */
    int nextMail() {
        mails++;
        return mails;
    }

    /** What the event {@code automation.fired} tells. */
    Map<String, @Nullable Object> told() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("firing_id", id.toString());
        data.put("automation", automation);
        data.put("deal_id", occasion.deal().toString());
        data.put("crossing", occasion.crossing());
        data.put("occasion", occasion.type());
        data.put("fired_at", io.tributary.deal.Times.text(at));
        data.put("task_ids", tasks.stream().map(UUID::toString).toList());
        data.put("mails", mails);
        data.put("text", notes.isEmpty() ? null : notes.get(0));
        Map<String, @Nullable Object> told = new LinkedHashMap<>(deal);
        // Whoever asks to be forgotten is in no event of this kind.
        told.keySet().removeAll(List.of("contact_email", "contact_name"));
        data.put("deal", told);
        return data;
    }
}
