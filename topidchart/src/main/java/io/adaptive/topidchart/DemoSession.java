package io.adaptive.topidchart;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import perf.topid.Topid;

/**
 * A session of this machine, by a collector in this process. It ends with it.
 */
@Component
@ConditionalOnProperty("topidchart.demo")
class DemoSession implements ApplicationRunner {

	@Override
	public void run(ApplicationArguments arguments) {
		Thread thread = new Thread(() -> Topid.main(
				new String[] { "-chart", "-snapshot", "-sys", "-tag", "demo", "-info", "uname -a,df -h", "-c", "-1" }),
				"topid-demo");
		thread.setDaemon(true);
		thread.start();
	}

}
