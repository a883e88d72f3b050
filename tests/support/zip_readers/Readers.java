// Reads archives with Java's ZipFile (by the list) or ZipInputStream (entry after entry); prints a line of JSON for each.

import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

public class Readers {
    public static void main(String[] arguments) throws Exception {
        for (String path : Files.readAllLines(Path.of(arguments[1]))) {
            String found;
            try {
                List<String> files = arguments[0].equals("file") ? byList(path) : asStream(path);
                found = "{\"files\": {" + String.join(", ", files) + "}}";
            } catch (Exception error) {
                found = "{\"refused\": " + quoted(String.valueOf(error)) + "}";
            }
            System.out.println(found);
        }
    }

    static List<String> byList(String path) throws Exception {
        List<String> files = new ArrayList<>();
        try (ZipFile archive = new ZipFile(path)) {
            for (ZipEntry entry : archive.stream().toList()) {
                add(files, entry, archive.getInputStream(entry));
            }
        }
        return files;
    }

    static List<String> asStream(String path) throws Exception {
        List<String> files = new ArrayList<>();
        InputStream bytes = new BufferedInputStream(Files.newInputStream(Path.of(path)));
        try (ZipInputStream archive = new ZipInputStream(bytes)) {
            for (ZipEntry entry; (entry = archive.getNextEntry()) != null; ) {
                add(files, entry, archive);
            }
        }
        return files;
    }

    static void add(List<String> files, ZipEntry entry, InputStream bytes) throws Exception {
        MessageDigest sum = MessageDigest.getInstance("SHA-256");
        sum.update(bytes.readAllBytes());
        if (!entry.isDirectory()) {
            String hex = HexFormat.of().formatHex(sum.digest());
            files.add(quoted(entry.getName()) + ": \"" + hex + "\"");
        }
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char unit : text.toCharArray()) {
            boolean plain = unit >= ' ' && unit < 127 && unit != '"' && unit != '\\';
            quoted.append(plain ? String.valueOf(unit) : String.format("\\u%04x", (int) unit));
        }
        return quoted.append('"').toString();
    }
}
