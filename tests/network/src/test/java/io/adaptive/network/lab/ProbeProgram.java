package io.adaptive.network.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Scanner;

/**
 * Plain sockets, to try the laboratory itself: listens on a port, and does what it is
 * told.
 */
final class ProbeProgram {

	private final DatagramSocket datagrams = new DatagramSocket(null);

	private int received;

	private Socket connection;

	private ProbeProgram() throws IOException {
		this.datagrams.setReuseAddress(true);
		this.datagrams.setBroadcast(true);
	}

	public static void main(String[] arguments) throws IOException {
		new ProbeProgram().run(Integer.parseInt(arguments[2]));
	}

	private void run(int port) throws IOException {
		this.datagrams.bind(new InetSocketAddress(port));
		ServerSocket server = new ServerSocket(port);
		background(() -> receive());
		background(() -> accept(server));
		Event.print("up");
		Scanner commands = new Scanner(System.in);
		while (commands.hasNext()) {
			switch (commands.next()) {
				case "broadcast" -> broadcast(InetAddress.getByName(commands.next()), port, commands.nextInt());
				case "connect" -> connect(commands.next(), port);
				case "clock" -> Event.print("clock", "is", System.nanoTime());
				case "write" -> write();
				default -> throw new IllegalArgumentException("It is broadcast, clock, connect or write");
			}
		}
	}

	private void broadcast(InetAddress to, int port, int count) throws IOException {
		for (int i = 0; i < count; i++) {
			this.datagrams.send(new DatagramPacket(new byte[100], 100, to, port));
		}
		Event.print("sent");
	}

	private void receive() throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[100], 100);
		while (true) {
			this.datagrams.receive(packet);
			this.received++;
			Event.print("received", "from", packet.getAddress().getHostAddress(), "count", this.received);
		}
	}

	private void connect(String host, int port) throws IOException {
		this.connection = new Socket();
		try {
			this.connection.connect(new InetSocketAddress(host, port), 1_000);
			Event.print("connected");
		}
		catch (SocketTimeoutException ex) {
			Event.print("unanswered");
		}
		catch (IOException ex) {
			Event.print("refused");
		}
	}

	private void write() throws IOException {
		this.connection.getOutputStream().write(1);
		Event.print("written");
	}

	private static void accept(ServerSocket server) throws IOException {
		while (true) {
			Socket socket = server.accept();
			Event.print("accepted", "from", socket.getInetAddress().getHostAddress());
			background(() -> {
				while (socket.getInputStream().read() >= 0) {
					Event.print("read");
				}
				Event.print("ended");
			});
		}
	}

	private static void background(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				Event.print("broken");
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	@FunctionalInterface
	private interface Work {

		void run() throws IOException;

	}

}
