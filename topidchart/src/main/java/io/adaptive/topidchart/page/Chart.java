package io.adaptive.topidchart.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A chart: stacked lines, what the other processes have together, and lines of the
 * machine.
 *
 * @param lines the processes, the largest average first
 * @param other the sum of the processes that are not shown, {@code null} where there is
 * no sample
 * @param hidden how many processes are not shown
 * @param machine series of the machine, empty unless asked for
 */
record Chart(List<Line> lines, List<@Nullable Double> other, int hidden, List<Line> machine) {

}
