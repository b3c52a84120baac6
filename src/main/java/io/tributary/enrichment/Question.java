package io.tributary.enrichment;

import io.tributary.connection.Connection;
import io.tributary.connection.OutwardRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;

/**
 * What is asked of an enricher.
 *
 * @param deal the deal that brought it up
 * @param email the address of its contact
 * @param about the e-mail address or its domain, as the connection says
 */
public record Question(Connection connection, UUID deal, String email, String about) {

    /** The call that asks it. */
    OutwardRequest request() {
        String url = connection.text("url");
        String value = URLEncoder.encode(about, StandardCharsets.UTF_8);
        Optional<String> parameter = connection.find("parameter").filter(name -> !name.isEmpty());
        String asked = parameter.isPresent()
                ? url + (url.contains("?") ? "&" : "?") + parameter.get() + "=" + value
                : (url.endsWith("/") ? url : url + "/") + value;
        OutwardRequest request = OutwardRequest.get(asked).header("Accept", "application/json");
        Optional<String> secret = connection.find("header_value").filter(text -> !text.isEmpty());
        return secret.isPresent() ? request.header(connection.text("header_name"), secret.get()) : request;
    }

    /** By this its answer is found again; another way of asking, or of reading the answer, makes another. */
    byte[] key() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {
                connection.text("url"), connection.find("parameter").orElse(""), connection.text("fields"), about
            }) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
