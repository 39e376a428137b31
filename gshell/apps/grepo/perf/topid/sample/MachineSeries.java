package perf.topid.sample;

/**
 * A value of a machine.
 *
 * @param name the name of its series
 * @param value percent or kilobytes
 */
public record MachineSeries(String name, double value) {

}
