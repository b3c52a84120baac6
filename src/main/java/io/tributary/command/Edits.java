package io.tributary.command;

import io.tributary.answer.Answer;
import io.tributary.answer.ApiException;
import io.tributary.deal.FieldError;
import io.tributary.http.Call;
import io.tributary.ingest.Commands;
import io.tributary.ingest.Mappings;
import io.tributary.lead.Lead;
import io.tributary.pipeline.Leads;
import io.tributary.tenant.TenantSettingsStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes that come by request, made into commands. */
public final class Edits {
    /** What history and activity say an edit came from: it is typed in, like a deal by hand. */
    private static final String BY_HAND = "manual";

    private final Commands commands;
    private final Mappings mappings;
    private final TenantSettingsStore settings;
    private final Leads leads;

    public Edits(Commands commands, Mappings mappings, TenantSettingsStore settings, Leads leads) {
        this.commands = commands;
        this.mappings = mappings;
        this.settings = settings;
        this.leads = leads;
    }

    /** Changes fields of a deal. */
    public Answer deal(Call call) {
        UUID id = call.idAt(0);
        DealPatch patch = new DealPatch(mappings.of(BY_HAND).orElseThrow(), call.jsonObject());
        String email = patch.contactEmail(settings.of(call.workspace().tenant()));
        UUID lead = email == null
                ? null
                : Lead.idOf(call.workspace().tenant(), call.workspace().workspace(), email);
        return commands.take(call, BY_HAND, new EditDeal(id, patch, lead));
    }

    /** Logs an engagement with a deal's customer. */
    public Answer engagement(Call call) {
        UUID id = call.idAt(0);
        return commands.take(call, BY_HAND, new LogEngagement(id, Engagement.read(call.jsonObject())));
    }

    /** Changes the status of a lead, the one thing of it that people decide. */
    public Answer lead(Call call) {
        UUID id = call.idAt(1);
        String status = status(call.jsonObject());
        return commands.take(call, BY_HAND, new ChangeLeadStatus(id, status, leads.isSpam(call, id)));
    }

    private static String status(Map<String, @Nullable Object> change) {
        List<FieldError> faults = new ArrayList<>();
        change.forEach((name, value) -> {
            if (!name.equals("status")) {
                faults.add(new FieldError(
                        name, value == null ? null : value.toString(), "cannot be changed; only status can"));
            }
        });
        Object status = change.get("status");
        if (!(status instanceof String) || !Leads.STATUSES.contains(status)) {
            String sent = status == null ? null : status.toString();
            faults.add(new FieldError("status", sent, "is not one of " + String.join(", ", Leads.STATUSES)));
        }
        if (!faults.isEmpty()) {
            throw ApiException.invalid(faults);
        }
        return String.valueOf(status);
    }
}
