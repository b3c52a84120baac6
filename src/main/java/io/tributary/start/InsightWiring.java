package io.tributary.start;

import io.tributary.event.EventLog;
import io.tributary.insight.ChatModels;
import io.tributary.insight.InsightDesk;
import io.tributary.insight.InsightNews;
import io.tributary.insight.Insights;
import io.tributary.insight.ModelInsights;
import io.tributary.norms.DealHealth;
import io.tributary.tenant.TenantDatabase;
import org.apache.camel.main.Main;

/** Wires who writes insights on deals, and who tells of them. */
final class InsightWiring {
    private InsightWiring() {}

    static InsightDesk bind(Main main, Settings settings, TenantDatabase database, DealHealth healths) {
        EventLog log = new EventLog(database);
        InsightDesk desk = new InsightDesk(database, healths);
        main.bind("insightDesk", desk);
        main.bind("insights", new Insights(database, desk, log));
        main.bind("insightNews", new InsightNews(desk, log));
        Settings.Chat chat = settings.chatModel();
        if (chat != null) {
            main.bind("chatModel", ChatModels.openAi(chat.url(), chat.key(), chat.model()));
            main.bind("modelInsights", new ModelInsights(database, desk, chat.model()));
        }
        return desk;
    }
}
