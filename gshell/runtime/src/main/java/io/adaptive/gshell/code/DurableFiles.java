package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * Files that are on the disk when a method returns.
 */
public final class DurableFiles {

	private DurableFiles() {
	}

	/**
	 * Writes a new file and synchronizes it.
	 * @param file the file
	 * @param content its content
	 * @throws IOException if it exists or cannot be written
	 */
	public static void write(Path file, byte[] content) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
			ByteBuffer buffer = ByteBuffer.wrap(content);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
			channel.force(true);
		}
	}

	/**
	 * Writes a file in place of one of the same name, if any: after a crash the old one
	 * or the new one is there, as a whole.
	 * @param file the file; one writer at a time
	 * @param content its content
	 * @throws IOException if it cannot be written; then the old one is there
	 */
	public static void replace(Path file, byte[] content) throws IOException {
		Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
		try {
			Files.deleteIfExists(draft);
			write(draft, content);
			Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			Files.deleteIfExists(draft);
			throw ex;
		}
		syncFolder(file.resolveSibling("."));
	}

	/**
	 * Synchronizes the names in a folder.
	 * @param folder the folder
	 * @throws IOException if the disk fails
	 */
	public static void syncFolder(Path folder) throws IOException {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

	/**
	 * Deletes a folder with all that is in it; symbolic links are not followed.
	 * @param folder the folder
	 * @throws IOException if something cannot be deleted
	 */
	public static void deleteTree(Path folder) throws IOException {
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
				Files.delete(visited);
				return FileVisitResult.CONTINUE;
			}

		});
	}

}
