package dev.aurochs.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns, two blanks apart; numbers to the right, words to the left. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final int headings;

    private Table(int headings) {
        this.headings = headings;
    }

    /** A table without headings. */
    public static Table plain() {
        return new Table(0);
    }

    /** A table with a line of headings. */
    public static Table withHeadings(Object... headings) {
        return new Table(1).row(headings);
    }

    /** Adds a row. Control characters are shown as blanks, so that a cell stays in its line. */
    public Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) row.add(Texts.oneLine(String.valueOf(cell)));
        rows.add(row);
        return this;
    }

    /** The lines, without blanks at their ends. */
    public List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            widths[column] = width(column);
            numbers[column] = isNumeric(column);
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                if (column > 0) line.append("  ");
                String cell = row.get(column);
                String padding = " ".repeat(widths[column] - cell.codePointCount(0, cell.length()));
                line.append(numbers[column] ? padding + cell : cell + padding);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(
                        row -> row.get(column).codePointCount(0, row.get(column).length()))
                .max()
                .orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.stream()
                .skip(headings)
                .filter(row -> row.size() > column)
                .allMatch(row -> row.get(column).matches("[0-9]+|\\?|-"));
    }
}
