package io.tributary.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwards as single clients write them, beyond what a list of forms and words can say. */
class ForwardFormsTest {
    private static final Mailbox FORWARDER = new Mailbox("Sam Seller", "sam@our-company.example");

    private static LeadMail read(@Nullable String subject, String text) {
        return LeadMail.ofText(FORWARDER, subject, text);
    }

    private static LeadMail html(String subject, String html) {
        return read(subject, HtmlText.of(html));
    }

    private static void isOlas(LeadMail read) {
        assertThat(read.isForwarded()).isTrue();
        assertThat(read.contact()).isEqualTo(new Mailbox("Ola Nordmann", "ola@fjord.example"));
        assertThat(read.subject()).isEqualTo("Pump order");
        assertThat(read.text()).startsWith("We need twelve pumps.");
    }

    @Test
    void gmail_in_html() {
        isOlas(
                html(
                        "Fwd: Pump order",
                        "<div dir=ltr>yours<br><br><div class=gmail_quote><div dir=ltr class=gmail_attr>---------- Forwarded message"
                                + " ---------<br>From: <b class=gmail_sendername dir=auto>Ola Nordmann</b> <span dir=auto>&lt;<a"
                                + " href='mailto:ola@fjord.example'>ola@fjord.example</a>&gt;</span><br>Date: Mon, Mar 2, 2026 at"
                                + " 9:00&#8239;AM<br>Subject: Pump order<br>To:  &lt;<a href='mailto:sam@our-company.example'>"
                                + "sam@our-company.example</a>&gt;<br></div><br><br><div dir=ltr>We need twelve pumps.</div></div></div>"));
    }

    @Test
    void outlook_in_html() {
        isOlas(html(
                "WG: Pump order",
                "<p>zur Info</p><div style='border-top:solid 1pt'><p><b>Von:</b> Ola Nordmann &lt;ola@fjord.example&gt;<br>"
                        + "<b>Gesendet:</b> Montag, 2. März 2026 09:00<br><b>An:</b> Sam Seller<br><b>Betreff:</b> Pump order"
                        + "</p></div><p>&nbsp;</p><p>We need twelve pumps.</p>"));
    }

    @Test
    void outlook_on_the_web_names_the_address_in_a_link() {
        isOlas(html(
                "Fw: Pump order",
                "<div>see below</div><hr><div id=divRplyFwdMsg><font><b>From:</b> <a href='mailto:ola@fjord.example'>Ola"
                        + " Nordmann</a><br><b>Sent:</b> Monday, March 2, 2026 9:00 AM<br><b>To:</b> Sam<br><b>Subject:</b> Pump"
                        + " order</font></div><div>We need twelve pumps.</div>"));
    }

    @Test
    void apple_mail_in_html() {
        isOlas(html(
                "Fwd: Pump order",
                "<body>yours<br><div><br><blockquote type=cite><div>Begin forwarded message:</div><br><div><b>From: </b>Ola"
                        + " Nordmann &lt;ola@fjord.example&gt;<br></div><div><b>Subject: </b><b>Pump order</b><br></div><div><b>Date:"
                        + " </b>2 March 2026 at 09:00:00 CET<br></div><div><b>To: </b>sam@our-company.example<br></div><br><div>We"
                        + " need twelve pumps.</div></blockquote></div></body>"));
    }

    @Test
    void thunderbird_in_html() {
        isOlas(html(
                "Fwd: Pump order",
                "<p>yours</p><div class=moz-forward-container><br>-------- Weitergeleitete Nachricht --------<table"
                        + " class=moz-email-headers-table><tbody><tr><th align=right>Betreff: </th><td>Pump order</td></tr><tr><th>"
                        + "Datum: </th><td>Mon, 2 Mar 2026 09:00:00 +0100</td></tr><tr><th>Von: </th><td>Ola Nordmann <a"
                        + " href='mailto:ola@fjord.example'>&lt;ola@fjord.example&gt;</a></td></tr><tr><th>An: </th><td>"
                        + "sam@our-company.example</td></tr></tbody></table><br><br>We need twelve pumps.</div>"));
    }

    @Test
    void yandex_names_no_fields() {
        LeadMail read = read(
                "Fwd: Pump order",
                "-------- Пересылаемое сообщение --------\n02.03.2026, 09:00, \"Ola Nordmann\" <ola@fjord.example>:\n\n"
                        + "We need twelve pumps.\n-------- Конец пересылаемого сообщения --------");
        isOlas(read);
    }

    @Test
    void a_language_nobody_wrote_down() {
        LeadMail read = read(
                "Fwd: Pump order",
                "---------- Xabar uzatildi ---------\nKimdandir: Ola Nordmann <ola@fjord.example>\nVaqt: 2 mart 2026 09:00\n"
                        + "Nima: Pump order\nKimgadir: sam@our-company.example\n\nWe need twelve pumps.");
        isOlas(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On Mon, Mar 2, 2026 at 9:00 AM Ola Nordmann <ola@fjord.example> wrote:",
                "On Mon, Mar 2, 2026 at 9:00 AM Ola Nordmann\n<ola@fjord.example> wrote:",
                "Am Mo., 2. März 2026 um 09:00 Uhr schrieb Ola Nordmann <ola@fjord.example>:",
                "Le lun. 2 mars 2026 à 09:00, Ola Nordmann <ola@fjord.example> a écrit :",
                "El lun, 2 mar 2026 a las 9:00, Ola Nordmann (<ola@fjord.example>) escribió:",
                "Em seg., 2 de mar. de 2026 às 09:00, Ola Nordmann <ola@fjord.example> escreveu:",
                "Il giorno lun 2 mar 2026 alle ore 09:00 Ola Nordmann <ola@fjord.example> ha scritto:",
                "Op ma 2 mrt 2026 om 09:00 schreef Ola Nordmann <ola@fjord.example>:",
                "Den mån 2 mars 2026 kl 09:00 skrev Ola Nordmann <ola@fjord.example>:",
                "man. 2. mar. 2026 kl. 09:00 skrev Ola Nordmann <ola@fjord.example>:",
                "ma 2. maalisk. 2026 klo 9.00 Ola Nordmann (ola@fjord.example) kirjoitti:",
                "pon., 2 mar 2026 o 09:00 Ola Nordmann <ola@fjord.example> napisał(a):",
                "po 2. 3. 2026 v 9:00 odesílatel Ola Nordmann <ola@fjord.example> napsal:",
                "Ola Nordmann <ola@fjord.example> ezt írta (időpont: 2026. márc. 2., H, 9:00):",
                "În lun., 2 mar. 2026 la 09:00, Ola Nordmann <ola@fjord.example> a scris:",
                "пн, 2 мар. 2026 г. в 09:00, Ola Nordmann <ola@fjord.example>:",
                "пн, 2 бер. 2026 р. о 09:00 Ola Nordmann <ola@fjord.example> пише:",
                "Στις Δευ 2 Μαρ 2026 στις 9:00 π.μ., ο χρήστης Ola Nordmann <ola@fjord.example> έγραψε:",
                "Ola Nordmann <ola@fjord.example>, 2 Mar 2026 Pzt, 09:00 tarihinde şunu yazdı:",
                "2026年3月2日(月) 9:00 Ola Nordmann <ola@fjord.example>:",
                "Ola Nordmann <ola@fjord.example> 于2026年3月2日周一 09:00写道：",
                "2026년 3월 2일 (월) 오전 9:00, Ola Nordmann <ola@fjord.example>님이 작성:",
                "Vào Th 2, 2 thg 3, 2026 vào lúc 09:00 Ola Nordmann <ola@fjord.example> đã viết:",
                "Pada Sen, 2 Mar 2026 pukul 09.00 Ola Nordmann <ola@fjord.example> menulis:",
            })
    void a_line_that_says_who_wrote_makes_a_forward_only_of_what_calls_itself_one(String line) {
        String text = "please take this\n\n" + line + "\n\n> We need twelve pumps.\n> Ola";
        LeadMail forward = read("FW: Pump order", text);
        isOlas(forward);
        assertThat(forward.original()).isNotNull();
        assertThat(forward.original().note()).isEqualTo("please take this");
        assertThat(read("Re: Pump order", text).isForwarded()).isFalse();
        assertThat(read("Pump order", text).isForwarded()).isFalse();
    }

    @Test
    void the_forwarders_own_answer_on_top_is_not_the_original() {
        LeadMail read = read(
                "Fwd: Pump order",
                "for you\n\n---------- Forwarded message ---------\nFrom: Sam Seller <sam@our-company.example>\nDate: Tue, Mar 3,"
                        + " 2026\nSubject: Re: Pump order\nTo: Ola Nordmann <ola@fjord.example>\n\nWill call you.\n\nOn Mon, Mar 2,"
                        + " 2026 at 9:00 AM Ola Nordmann <ola@fjord.example> wrote:\n\n> We need twelve pumps.");
        assertThat(read.contact()).isEqualTo(new Mailbox("Ola Nordmann", "ola@fjord.example"));
        assertThat(read.text()).isEqualTo("We need twelve pumps.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello,\n\nfrom: today on we are open\nto: everybody\nsubject: none\n\nBye",
                "Please send it to: office@a.example\nFrom: 3 May\n\nBye",
                "Order details\nFrom: Berlin\nTo: Hamburg\nDate: 2 May 2026\n\nthanks",
                "We talked about the forwarded message.\n\n-- \nJane Roe\n________________________________\nThis mail is confidential",
                "Name: Jane Roe\nEmail: jane@a.example\nSubject: Seats\nMessage: hello",
            })
    void an_ordinary_mail_is_no_forward(String text) {
        assertThat(read("Seats", text).isForwarded()).isFalse();
        assertThat(read(null, text).isForwarded()).isFalse();
    }
}
