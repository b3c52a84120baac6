package io.tributary.command;

import io.tributary.deal.NormalisedDeal;
import io.tributary.ingest.Command;
import io.tributary.ingest.Desk;
import io.tributary.lead.Lead;
import io.tributary.lead.LeadView;
import io.tributary.tenant.WorkspaceId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Keeps a person as a lead without a deal; of one who is known, only what is missing is filled in. */
public final class KeepLead implements Command {
    private final UUID id;
    private final NormalisedDeal person;

    /** @param person states an e-mail address, and whatever else is known of who it belongs to */
    public KeepLead(WorkspaceId workspace, NormalisedDeal person) {
        this.id = Lead.idOf(workspace.tenant(), workspace.workspace(), Objects.requireNonNull(person.contactEmail()));
        this.person = person;
    }

    @Override
    public String cause() {
        return "ingest";
    }

    @Override
    public String action() {
        return "lead.kept";
    }

    @Override
    public Set<UUID> leads() {
        return Set.of(id);
    }

    @Override
    public void run(Desk desk) {
        Lead lead = Objects.requireNonNull(desk.leadOf(person));
        desk.answer(200, () -> Map.of("status", "success", "lead", LeadView.of(lead)));
    }
}
