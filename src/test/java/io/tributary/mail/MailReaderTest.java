package io.tributary.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailReaderTest {
    private static Mail read(String... lines) {
        return MailReader.read(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    private static Mail from(String field) {
        return read("From: " + field, "Subject: Seats", "", "Hello");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "Jane Roe <jane@a.example> | Jane Roe | jane@a.example",
                "jane@A.Example | - | jane@a.example",
                "jane@a.example (Jane Roe) | Jane Roe | jane@a.example",
                "\"Roe, Jane\" <jane@a.example> | Roe, Jane | jane@a.example",
                "Roe, Jane <jane@a.example> | Roe, Jane | jane@a.example",
                "=?utf-8?B?WsO8csO8Y2hlcg==?= <z@a.example> | Zürücher | z@a.example",
                "=?utf-8?Q?Jos=C3?= =?utf-8?Q?=A9?= <j@a.example> | José | j@a.example",
                "=?utf-8?Q?\"boss=40bank.example\"_<x=40y.example>?= <evil@c.example> | - | evil@c.example",
                "\"boss@bank.example\" <evil@c.example> | - | evil@c.example",
                "boss@bank.example <evil@c.example> | - | evil@c.example",
                "'Jane Roe' <jane@a.example> | Jane Roe | jane@a.example",
                "Team: jane@a.example, bob@a.example; | - | jane@a.example",
                "Jane <jane@a.example>, Bob <bob@b.example> | Jane | jane@a.example",
                "Jöhn <jöhn@mächine.example> | Jöhn | jöhn@mächine.example",
                "\"a@b.example x\"@c.example | - | ~\"a@b.example x\"@c.example~",
                "Jane Roe | Jane Roe | -",
                "<> | - | -",
            })
    void tells_who_wrote_and_never_by_what_they_call_themselves(String field, String name, String address) {
        Mailbox from = from(field).from();
        assertThat(from.address())
                .isEqualTo(
                        address != null && address.startsWith("~")
                                ? address.substring(1, address.length() - 1)
                                : address);
        assertThat(from.name()).isEqualTo(name);
    }

    @Test
    void notes_a_name_dressed_up_as_another_address() {
        assertThat(from("\"boss@bank.example\" <evil@c.example>").namedAsAddress())
                .isTrue();
        assertThat(from("\"evil@c.example\" <evil@c.example>").namedAsAddress()).isFalse();
        assertThat(from("Jane <jane@a.example>").namedAsAddress()).isFalse();
    }

    @Test
    void reads_nested_parts_and_lists_what_is_attached() {
        Mail mail = read(
                "From: Jane <jane@a.example>",
                "Subject: =?iso-8859-1?Q?Angebot_f=FCr_Pumpen?=",
                "Message-ID: <m1@a.example>",
                "In-Reply-To: <m0@b.example>",
                "References: <first@b.example> <m0@b.example>",
                "Content-Type: multipart/mixed; boundary=out",
                "",
                "--out",
                "Content-Type: multipart/alternative; boundary=in",
                "",
                "--in",
                "Content-Type: text/plain; charset=utf-8; format=flowed",
                "",
                "We need twelve ",
                "pumps.",
                "--in",
                "Content-Type: text/html",
                "",
                "<p>We need <b>twelve</b> pumps.</p>",
                "--in--",
                "--out",
                "Content-Type: text/csv",
                "Content-Disposition: attachment; filename*0*=utf-8''l%C3%ADst; filename*1=a.csv",
                "Content-Transfer-Encoding: base64",
                "",
                Base64.getEncoder().encodeToString("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)),
                "--out--");
        assertThat(mail.subject()).isEqualTo("Angebot für Pumpen");
        assertThat(mail.text()).isEqualTo("We need twelve pumps.");
        assertThat(mail.messageId()).isEqualTo("m1@a.example");
        assertThat(mail.references()).containsExactly("m0@b.example", "first@b.example");
        assertThat(mail.attachments()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("lísta.csv");
            assertThat(file.isTable()).isTrue();
            assertThat(new String(file.content(), StandardCharsets.UTF_8)).isEqualTo("a,b\n1,2\n");
            assertThat(file.sha256()).isEqualTo(Attachment.hash("a,b\n1,2\n"));
        });
    }

    @Test
    void shows_html_alone_as_its_reader_sees_it() {
        Mail mail = read(
                "From: j@a.example",
                "Content-Type: text/html; charset=utf-8",
                "",
                "<style>p{}</style><div style='display: none'>preview</div><p>Hello&nbsp;Sam,</p><p>two<br>lines</p>"
                        + "<script>alert(1)</script><blockquote>quoted</blockquote>");
        assertThat(mail.text()).isEqualTo("Hello Sam,\n\ntwo\nlines\n\n> quoted");
    }

    @ParameterizedTest
    @CsvSource({"windows-1252, Grüße", "iso-2022-jp, こんにちは", "koi8-r, Привет", "gb2312, 你好", "utf-16, Grüße"})
    void reads_the_encoding_a_mail_names(String charset, String text) {
        byte[] header = ("From: a@b.example\r\nContent-Type: text/plain; charset=" + charset + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] body = text.getBytes(Charset.forName(charset));
        byte[] mail = new byte[header.length + body.length];
        System.arraycopy(header, 0, mail, 0, header.length);
        System.arraycopy(body, 0, mail, header.length, body.length);
        assertThat(MailReader.read(mail).text()).isEqualTo(text);
    }

    @Test
    void reads_what_is_broken_as_far_as_it_goes() {
        assertThat(read("From: a@b.example", "Content-Type: multipart/mixed", "", "--x", "", "part one", "--x--")
                        .text())
                .isEqualTo("part one");
        assertThat(read("From: a@b.example", "Content-Type: multipart/mixed; boundary=never", "", "all there is")
                        .text())
                .isEqualTo("all there is");
        assertThat(read("From: a@b.example", "Content-Type: text/plain; charset=no-such", "", "Grüße")
                        .text())
                .isEqualTo("Grüße");
        assertThat(read("From nobody Mon Mar  2 10:00:00 2026", "From: a@b.example", "", "x")
                        .from()
                        .address())
                .isEqualTo("a@b.example");
        assertThat(MailReader.read(new byte[0]).text()).isEmpty();
        assertThat(MailReader.read(new byte[] {0, 1, 2, (byte) 0xFF, '\n', 0})
                        .from()
                        .isNobody())
                .isTrue();
    }

    @Test
    void a_mail_made_to_be_slow_is_read_within_a_second() {
        int size = 1_000_000;
        List<String> bodies = new ArrayList<>();
        String plain = "From: a@b.example\r\nSubject: Fwd: x\r\n\r\n";
        for (String unit : List.of(
                ">",
                "> ",
                "From: a\n",
                "a:",
                "From:",
                "-----",
                "----- x ",
                "@",
                "<",
                "\"",
                "(",
                ",",
                "On 1 a@b.example ",
                "1 ",
                "$1",
                "1.",
                "a@b.example ",
                "2026-",
                "\n",
                "\n\n>",
                "From: a@b.example\nDate: 1\nSubject: x\nTo: y\n",
                "> ---------- Forwarded message ---------\nFrom: a@b.example\nSubject: Fwd: x\n",
                "On 1, a@b.example wrote:\n",
                "Acme Corp ",
                "A ",
                "+49 30 ",
                "To: a,\n",
                "= ",
                "=?utf-8?Q?a?= ")) {
            bodies.add(plain + unit.repeat(size / unit.length()));
        }
        String nested = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n";
        bodies.add("From: a@b.example\r\n" + nested.repeat(size / nested.length()));
        bodies.add("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\n\r\n".repeat(size / 7));
        bodies.add("From: " + "a ".repeat(size / 2) + "\r\n\r\nx");
        bodies.add("From: " + "\"a\" <".repeat(size / 6) + "\r\n\r\nx");
        bodies.add("X: y\r\n".repeat(size / 6) + "\r\nx");
        bodies.add("From: a@b.example\r\nSubject: " + "=?utf-8?Q?a?= ".repeat(size / 14) + "\r\n\r\nx");
        bodies.add("From: a@b.example\r\nReferences: " + "<a@b> ".repeat(size / 6) + "\r\n\r\nx");
        bodies.add("From: a@b.example\r\nContent-Type: text/plain; " + "a*0*=b; ".repeat(size / 8) + "\r\n\r\nx");
        for (String unit :
                List.of("<div>", "<blockquote>", "<p", "&lt;", "<a href=mailto:a@b.c>x</a>", "<br>", "<td>", "<")) {
            bodies.add("From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + unit.repeat(size / unit.length()));
        }
        List<String> slow = new ArrayList<>();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        understand(bodies.get(0));
        for (String body : bodies) {
            // Of the processor, so that a busy machine is no failure.
            long start = threads.getCurrentThreadCpuTime();
            understand(body);
            long took = (threads.getCurrentThreadCpuTime() - start) / 1_000_000;
            if (took > 1_000) {
                slow.add(took + " ms: " + body.substring(0, 90));
            }
        }
        assertThat(slow).isEmpty();
    }

    private static void understand(String mail) {
        LeadMail lead = LeadMail.of(MailReader.read(mail.getBytes(StandardCharsets.UTF_8)));
        lead.company();
        lead.phone();
        SuggestionFinder.in(
                lead.text(),
                new io.tributary.mapping.ReadingContext(
                        "USD", java.time.ZoneOffset.UTC, java.util.Locale.US, java.util.Map.of()));
    }
}
