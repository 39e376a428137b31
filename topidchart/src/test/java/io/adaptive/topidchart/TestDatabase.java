package io.adaptive.topidchart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A kind of database that the service can have. A suite with a parameter of this type
 * runs on each of them.
 */
public enum TestDatabase {

	/** In memory, or in a file for the service. */
	H2 {

		@Override
		public SingleConnectionDataSource fresh() {
			return new SingleConnectionDataSource("jdbc:h2:mem:" + UUID.randomUUID(), true);
		}

		@Override
		public List<String> properties() {
			return List.of();
		}

	},

	/** A server of the machine. */
	POSTGRESQL {

		@Override
		public SingleConnectionDataSource fresh() {
			return new SingleConnectionDataSource(PostgresServer.running().newDatabase(), "topid", "", true);
		}

		@Override
		public List<String> properties() {
			return List.of("spring.profiles.active=postgresql",
					"spring.datasource.url=" + PostgresServer.running().newDatabase(),
					"spring.datasource.username=topid");
		}

	};

	/**
	 * Makes an empty database.
	 */
	public abstract SingleConnectionDataSource fresh();

	/**
	 * Makes an empty database for the service.
	 * @return the properties that name it; without any the database is in the folder of
	 * the service
	 */
	public abstract List<String> properties();

	/**
	 * Makes an empty database with the tables of the service.
	 */
	public SingleConnectionDataSource migrated() {
		SingleConnectionDataSource database = fresh();
		Flyway.configure().dataSource(database).load().migrate();
		return database;
	}

	/**
	 * Starts the service with an empty database.
	 */
	public RunningChart start(Path folder, String... properties) {
		List<String> all = new ArrayList<>(properties());
		all.addAll(List.of(properties));
		return RunningChart.start(folder, all.toArray(String[]::new));
	}

}
