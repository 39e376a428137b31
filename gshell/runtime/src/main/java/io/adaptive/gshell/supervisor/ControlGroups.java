package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The control groups of this process, in which those of runtime groups are made: of
 * version 1 the one of the controller, of version 2 its own or the one above, whichever
 * may be written and hands the controller on. Looks at the system anew with each call.
 */
public final class ControlGroups {

	private static final int FIELDS_BEFORE_ROOT = 3;

	private final Path root;

	/**
	 * Makes the view of a system.
	 * @param root the root of its files, which has {@code proc} and the folders named
	 * there
	 */
	public ControlGroups(Path root) {
		this.root = root;
	}

	/**
	 * Makes the view of this system.
	 * @return the view
	 */
	public static ControlGroups ofThisSystem() {
		return new ControlGroups(Path.of("/"));
	}

	/**
	 * Tells why no control group can limit a runtime group. Changes nothing.
	 * @param controller {@code memory} or {@code cpu}
	 * @return the problem; empty if one can
	 */
	public String problem(String controller) {
		try {
			find(controller, ControlGroups::canHandOn);
			return "";
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	/**
	 * Finds the place for control groups. A controller that is not handed on is from now
	 * on, where the kernel allows it.
	 * @throws IOException if there is none; its message says why
	 */
	Place find(String controller) throws IOException {
		return find(controller, ControlGroups::handOn);
	}

	private Place find(String controller, HandingOn handingOn) throws IOException {
		List<String> memberships = lines("proc/self/cgroup");
		List<Mount> mounts = lines("proc/self/mountinfo").stream()
			.map(ControlGroups::mount)
			.flatMap(Optional::stream)
			.toList();
		for (Mount mount : mounts) {
			if (mount.type().equals("cgroup") && mount.options().contains(controller)) {
				return writable(new Place(1, folder(mount, memberships, controller)), controller);
			}
		}
		for (Mount mount : mounts) {
			if (mount.type().equals("cgroup2")) {
				return ofVersion2(folder(mount, memberships, ""), mount, controller, handingOn);
			}
		}
		throw new IOException("the system has no control groups for %s".formatted(controller));
	}

	private List<String> lines(String file) throws IOException {
		try {
			return Files.readAllLines(this.root.resolve(file));
		}
		catch (IOException ex) {
			throw new IOException("control groups cannot be read: " + ex.getMessage(), ex);
		}
	}

	private static Place writable(Place place, String controller) throws IOException {
		if (!Files.isWritable(place.folder())) {
			throw new IOException(
					"the control group %s for %s may not be written".formatted(place.folder(), controller));
		}
		return place;
	}

	private Place ofVersion2(Path own, Mount mount, String controller, HandingOn handingOn) throws IOException {
		Path top = this.root.resolve(mount.point().substring(1));
		List<Path> candidates = own.equals(top) ? List.of(own) : List.of(own, own.getParent());
		for (Path each : candidates) {
			if (Files.isWritable(each) && handsOn(each, controller, handingOn)) {
				return new Place(2, each);
			}
		}
		throw new IOException("no control group at %s may be written and hands %s on".formatted(own, controller));
	}

	private static boolean handsOn(Path folder, String controller, HandingOn handingOn) {
		try {
			Path handedOn = folder.resolve("cgroup.subtree_control");
			if (words(handedOn).contains(controller)) {
				return true;
			}
			return words(folder.resolve("cgroup.controllers")).contains(controller)
					&& handingOn.test(folder, handedOn, controller);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Refused by the kernel while the control group has processes of its own. */
	private static boolean handOn(Path folder, Path handedOn, String controller) throws IOException {
		Files.writeString(handedOn, "+" + controller);
		return words(handedOn).stream().anyMatch((word) -> word.endsWith(controller));
	}

	/** The root of the tree, which has no type, may have processes of its own. */
	private static boolean canHandOn(Path folder, Path handedOn, String controller) throws IOException {
		Path processes = folder.resolve("cgroup.procs");
		boolean free = !Files.exists(folder.resolve("cgroup.type")) || !Files.exists(processes)
				|| Files.readString(processes).isBlank();
		return free && Files.isWritable(handedOn);
	}

	private static List<String> words(Path file) throws IOException {
		return Arrays.asList(Files.readString(file).strip().split("\\s+", -1));
	}

	private Path folder(Mount mount, List<String> memberships, String controller) throws IOException {
		for (String line : memberships) {
			String[] fields = line.split(":", 3);
			boolean fits = fields.length == 3 && (controller.isEmpty() ? fields[0].equals("0") && fields[1].isEmpty()
					: Arrays.asList(fields[1].split(",", -1)).contains(controller));
			if (fits) {
				String path = fields[2];
				String inMount = (!mount.root().equals("/") && path.startsWith(mount.root()))
						? path.substring(mount.root().length()) : path;
				String below = inMount.replaceFirst("^/+", "");
				Path point = this.root.resolve(mount.point().substring(1));
				return below.isEmpty() ? point : point.resolve(below);
			}
		}
		throw new IOException("this process has no control group for %s".formatted(controller));
	}

	/**
	 * Reads a line of {@code /proc/self/mountinfo}.
	 */
	private static Optional<Mount> mount(String line) {
		String[] parts = line.split(" - ", 2);
		String[] before = parts[0].split(" ", -1);
		if (parts.length < 2 || before.length < FIELDS_BEFORE_ROOT + 2) {
			return Optional.empty();
		}
		String[] after = parts[1].split(" ", -1);
		return Optional.of(new Mount(before[FIELDS_BEFORE_ROOT], before[FIELDS_BEFORE_ROOT + 1], after[0],
				Stream.of(after[after.length - 1].split(",", -1)).toList()));
	}

	/** What to do with a control group that does not hand a controller on. */
	private interface HandingOn {

		boolean test(Path folder, Path handedOn, String controller) throws IOException;

	}

	/**
	 * A place for control groups.
	 *
	 * @param version version of the interface, 1 or 2
	 * @param folder the control group in which they are made
	 */
	record Place(int version, Path folder) {

	}

	private record Mount(String root, String point, String type, List<String> options) {

	}

}
