package io.tributary.insight;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The chat model that the operator names. */
public final class ChatModels {
    private static final String OPENAI = "https://api.openai.com/v1";

    /** A deal's insights take some 300 tokens. */
    private static final int MOST_TOKENS = 800;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private ChatModels() {}

    /**
     * A model behind an endpoint that speaks OpenAI's chat completions, made to answer in the form of insights. It is asked
     * once at a time; the route that asks knows when to ask again.
     *
     * @param url where the endpoint is, without {@code /chat/completions}; null means OpenAI's own
     * @param key null for an endpoint that wants none
     */
    public static ChatModel openAi(@Nullable String url, @Nullable String key, String model) {
        return OpenAiChatModel.builder()
                .baseUrl(url == null ? OPENAI : url)
                .apiKey(key == null ? "none" : key)
                .modelName(model)
                .responseFormat(InsightPrompt.form())
                .strictJsonSchema(true)
                .maxCompletionTokens(MOST_TOKENS)
                .timeout(LONGEST_WAIT)
                .maxRetries(0)
                .logRequests(false)
                .logResponses(false)
                .build();
    }
}
