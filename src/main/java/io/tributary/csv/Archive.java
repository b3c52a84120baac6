package io.tributary.csv;

import io.tributary.csv.UnreadableCsvException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip archive: an Excel workbook, or one table packed for sending. */
final class Archive {
    private static final int MOST_ENTRIES = 10_000;
    private static final int LARGEST_DIRECTORY_BYTES = 8 * 1024 * 1024;
    private static final int MOST_NAMES_SHOWN = 10;

    private static final List<String> TABLES = List.of(".csv", ".tsv", ".tab", ".xlsx", ".xlsm");
    private static final List<String> TEXTS = List.of(".txt", ".dat", ".asc");

    private Archive() {}

    /** Writes the one table in {@code content} as plain text to {@code target}. */
    static void unpack(Path content, Path target) throws IOException, UnreadableCsvException {
        checkDirectory(content);
        try (ZipFile zip = new ZipFile(content.toFile())) {
            if (zip.getEntry("xl/workbook.xml") != null) {
                WorkbookCheck.check(zip, Files.size(content));
                Workbook.write(content, target);
                return;
            }
            ZipEntry table = theOneTable(zip);
            String name = table.getName().toLowerCase(Locale.ROOT);
            Tables.Inflation inflation = new Tables.Inflation(Files.size(content));
            if (name.endsWith(".xlsx") || name.endsWith(".xlsm")) {
                unpackInner(zip, table, target, inflation);
            } else {
                try (InputStream in = zip.getInputStream(table)) {
                    inflation.copy(in, target);
                }
            }
        } catch (ZipException e) {
            throw damaged();
        }
    }

    private static void unpackInner(ZipFile zip, ZipEntry workbook, Path target, Tables.Inflation inflation)
            throws IOException, UnreadableCsvException {
        Path inner = target.resolveSibling(target.getFileName() + ".inner");
        try {
            try (InputStream in = zip.getInputStream(workbook)) {
                inflation.copy(in, inner);
            }
            checkDirectory(inner);
            try (ZipFile sheets = new ZipFile(inner.toFile())) {
                if (sheets.getEntry("xl/workbook.xml") == null) {
                    throw damaged();
                }
                WorkbookCheck.check(sheets, Files.size(inner));
            }
            Workbook.write(inner, target);
        } finally {
            Files.deleteIfExists(inner);
        }
    }

    private static ZipEntry theOneTable(ZipFile zip) throws UnreadableCsvException {
        if (zip.getEntry("mimetype") != null || zip.getEntry("xl/workbook.bin") != null) {
            throw new UnreadableCsvException(
                    Reason.BINARY, "The file is a workbook of another kind; save it as .xlsx or CSV and send that.");
        }
        List<ZipEntry> tables = entries(zip, TABLES);
        List<ZipEntry> candidates = tables.isEmpty() ? entries(zip, TEXTS) : tables;
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        if (candidates.isEmpty()) {
            throw new UnreadableCsvException(
                    Reason.BINARY, "The file is an archive without a CSV file or an Excel workbook in it.");
        }
        String names = String.join(
                ", ",
                candidates.stream()
                        .limit(MOST_NAMES_SHOWN)
                        .map(entry -> shown(entry.getName()))
                        .toList());
        throw new UnreadableCsvException(
                Reason.TOO_LARGE,
                "The file is an archive of " + candidates.size() + " tables (" + names
                        + (candidates.size() > MOST_NAMES_SHOWN ? ", …" : "") + "); send each by itself.");
    }

    private static String shown(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", "");
        return file.length() > 60 ? file.substring(0, 60) + "…" : file;
    }

    /** The files with one of these endings, apart from what a Mac packs along. */
    private static List<ZipEntry> entries(ZipFile zip, List<String> endings) throws UnreadableCsvException {
        List<ZipEntry> found = new ArrayList<>();
        int entries = 0;
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            if (++entries > MOST_ENTRIES) {
                throw tooMany();
            }
            String name = entry.getName().toLowerCase(Locale.ROOT);
            String file = name.substring(name.lastIndexOf('/') + 1);
            if (!entry.isDirectory()
                    && !name.startsWith("__macosx/")
                    && !file.startsWith(".")
                    && endings.stream().anyMatch(file::endsWith)) {
                found.add(entry);
            }
        }
        return found;
    }

    /** The directory at the end of an archive is read into memory as a whole, so its size is looked at first. */
    private static void checkDirectory(Path content) throws IOException, UnreadableCsvException {
        try (RandomAccessFile file = new RandomAccessFile(content.toFile(), "r")) {
            int length = (int) Math.min(file.length(), 22 + 0xFFFF);
            byte[] end = new byte[length];
            file.seek(file.length() - length);
            file.readFully(end);
            for (int i = length - 22; i >= 0; i--) {
                if (end[i] == 'P' && end[i + 1] == 'K' && end[i + 2] == 5 && end[i + 3] == 6) {
                    if (number(end, i + 10, 2) > MOST_ENTRIES || number(end, i + 12, 4) > LARGEST_DIRECTORY_BYTES) {
                        throw tooMany();
                    }
                    return;
                }
            }
        }
        throw damaged();
    }

    private static long number(byte[] bytes, int at, int count) {
        long number = 0;
        for (int i = count - 1; i >= 0; i--) {
            number = number << 8 | (bytes[at + i] & 0xFF);
        }
        return number;
    }

    static UnreadableCsvException damaged() {
        return new UnreadableCsvException(
                Reason.BINARY, "The file is an archive or a workbook, but damaged or protected by a password.");
    }

    private static UnreadableCsvException tooMany() {
        return new UnreadableCsvException(
                Reason.TOO_LARGE, "The file is an archive of more than " + MOST_ENTRIES + " files.");
    }
}
