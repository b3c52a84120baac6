package io.tributary.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How likely each character beyond ASCII is in the writing of one language, as natural logarithms.
 *
 * <p>Small alphabets come from {@code alphabets.txt}. Those of China, Japan and Korea are built from the national
 * standards, which list common characters apart from rare ones: GB 2312 and JIS X 0208 level 1, Big5 level 1, the
 * Hangul of KS X 1001; with the most frequent ones counting more.
 */
final class Alphabet {

    private static final double LETTERS = 0.86;
    private static final double CAPITALS = 0.05;
    private static final double PUNCTUATION = 0.07;

    private static final String MARKS = "’–“”€„«»…—°£‘•®©™·§´º¿¡ª²³½×\u00a0\u00ad";
    private static final String WIDE_MARKS = "、。，・「」（）：！？ー《》〈〉『』～〜％／　＆“”‘’…—·－＋；";

    private static final double SAME_SCRIPT = Math.log(1e-5);
    private static final double OTHER_LETTER = Math.log(2e-7);
    private static final double OTHER_MARK = Math.log(2e-6);
    private static final double CONTROL = Math.log(1e-9);

    private static final List<Alphabet> ALL = new ArrayList<>();

    private final Map<Character, Double> likelihoods = new HashMap<>();
    private final Map<Character.UnicodeScript, Boolean> scripts = new HashMap<>();

    static {
        readSmallOnes();
        ALL.add(simplifiedChinese());
        ALL.add(traditionalChinese());
        ALL.add(japanese());
        ALL.add(korean());
    }

    private Alphabet() {}

    static List<Alphabet> all() {
        return ALL;
    }

    /** The logarithm of how likely a character beyond ASCII is, given that one stands there. */
    double likelihood(char c) {
        Double known = likelihoods.get(c);
        if (known != null) {
            return known;
        }
        if (Character.isISOControl(c) || !Character.isDefined(c) || Character.getType(c) == Character.PRIVATE_USE) {
            return CONTROL;
        }
        if (!Character.isLetter(c)) {
            return OTHER_MARK;
        }
        return scripts.containsKey(Character.UnicodeScript.of(c)) ? SAME_SCRIPT : OTHER_LETTER;
    }

    private static void readSmallOnes() {
        InputStream resource = Objects.requireNonNull(Alphabet.class.getResourceAsStream("alphabets.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                if (!line.startsWith("#")) {
                    ALL.add(small(line.substring(line.indexOf(' ') + 1)));
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Letters in order of their frequency, which falls off as 1 / (rank + 3). */
    private static Alphabet small(String letters) {
        Alphabet alphabet = new Alphabet();
        double sum = 0;
        for (int i = 0; i < letters.length(); i++) {
            sum += 1.0 / (i + 3);
        }
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            double share = 1.0 / (i + 3) / sum;
            alphabet.add(letter, share * LETTERS);
            char capital = Character.toUpperCase(letter);
            if (capital != letter) {
                alphabet.add(capital, share * CAPITALS + 0.01 / letters.length());
            }
        }
        alphabet.addAll(MARKS, PUNCTUATION);
        return alphabet;
    }

    private static Alphabet simplifiedChinese() {
        Alphabet alphabet = new Alphabet();
        alphabet.addAll(charactersOf("GB2312", 0xB0, 0xD7), 0.45);
        alphabet.addAll(charactersOf("GB2312", 0xD8, 0xF7), 0.01);
        alphabet.addAll(
                "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种"
                        + "事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日者意无力与长把机"
                        + "民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制"
                        + "身果加西月话合回特代内信表化老给世位次度门任常先海通教原东声提立及比员解水名真论处各入口认条平系气市"
                        + "限司有技术电贸易集团科股份北京上海",
                0.45);
        alphabet.addAll(WIDE_MARKS, PUNCTUATION);
        return alphabet;
    }

    private static Alphabet traditionalChinese() {
        Alphabet alphabet = new Alphabet();
        alphabet.addAll(charactersOf("Big5", 0xA4, 0xC6), 0.45);
        alphabet.addAll(charactersOf("Big5", 0xC9, 0xF9), 0.01);
        alphabet.addAll(
                "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種"
                        + "事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日者意無力與長把機"
                        + "民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制"
                        + "身果加西月話合回特代內信表化老給世位次度門任常先海通教原東聲提立及比員解水名真論處各入口認條平系氣市"
                        + "限司有技術電貿易集團科股份台灣北港",
                0.45);
        alphabet.addAll(WIDE_MARKS, PUNCTUATION);
        return alphabet;
    }

    private static Alphabet japanese() {
        Alphabet alphabet = new Alphabet();
        alphabet.addAll(charactersOf("EUC-JP", 0xB0, 0xCF), 0.33);
        alphabet.addAll(charactersOf("EUC-JP", 0xD0, 0xF4), 0.005);
        alphabet.addAll(range('\u30a1', '\u30f6'), 0.17);
        alphabet.addAll(range('\u3041', '\u3093'), 0.15);
        alphabet.addAll("のにはをたがでていとしるれさかなもりすこらっ", 0.2);
        alphabet.addAll(range('\uff71', '\uff9f'), 0.001);
        alphabet.addAll("株式会社日本東京大阪部長様年月", 0.05);
        alphabet.addAll(WIDE_MARKS, PUNCTUATION);
        return alphabet;
    }

    private static Alphabet korean() {
        Alphabet alphabet = new Alphabet();
        alphabet.addAll(charactersOf("EUC-KR", 0xB0, 0xC8), 0.45);
        alphabet.addAll(charactersOf("EUC-KR", 0xCA, 0xFD), 0.005);
        alphabet.addAll(range('\uac00', '\ud7a3'), 0.002);
        alphabet.addAll("이다는에의을를가고하지은로사도기한인정어시자나대리스그보수부전해제서들만일게있라아것비장상원주여구성조선연공관동신국우방위경과개" + "업회생명계발산무식마소무화", 0.45);
        alphabet.addAll(WIDE_MARKS, PUNCTUATION);
        return alphabet;
    }

    private static String range(char first, char last) {
        StringBuilder characters = new StringBuilder();
        for (char c = first; c <= last; c++) {
            characters.append(c);
        }
        return characters.toString();
    }

    /** The characters whose first byte lies between the two, in a charset of two bytes a character. */
    private static String charactersOf(String charset, int firstRow, int lastRow) {
        StringBuilder characters = new StringBuilder();
        boolean big5 = charset.equals("Big5");
        for (int row = firstRow; row <= lastRow; row++) {
            for (int cell = big5 ? 0x40 : 0xA1; cell <= 0xFE; cell++) {
                String one = new String(new byte[] {(byte) row, (byte) cell}, Charset.forName(charset));
                if (one.length() == 1 && Character.isLetter(one.charAt(0))) {
                    characters.append(one);
                }
            }
        }
        return characters.toString();
    }

    private void addAll(String characters, double share) {
        for (int i = 0; i < characters.length(); i++) {
            add(characters.charAt(i), share / characters.length());
        }
    }

    private void add(char c, double share) {
        likelihoods.merge(c, Math.log(share), (a, b) -> Math.log(Math.exp(a) + Math.exp(b)));
        if (Character.isLetter(c)) {
            scripts.put(Character.UnicodeScript.of(c), true);
        }
    }
}
