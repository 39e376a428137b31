#!/bin/sh
# Measures the numbers of docs/gshell.md from an unpacked distribution, and prints them as rows of a table:
#   measure.sh gshell-VERSION.zip FOLDER [PART...]
# The folder is empty, or that of an earlier run, whose distribution and archives are used again.
# Parts: commands runs memory many streams; all by default. RUNS sets the number of runs of which the median is taken (20).
# GSHELL_JAVA names the JDK. Numbers are milliseconds and megabytes; in brackets the least and the greatest.
set -u

zip=$1
folder=$2
shift 2
parts=${*:-commands runs memory many streams}
runs=${RUNS:-20}
mkdir -p "$folder" && cd "$folder" || exit 1
HOME=$folder/home
XDG_CACHE_HOME=$folder/home/.cache
ADAPTIVE_OS_SOCKET_DIRECTORY=$folder/s
export HOME XDG_CACHE_HOME ADAPTIVE_OS_SOCKET_DIRECTORY
mkdir -p "$HOME"
daemon=

finish() {
	status=$?
	trap - EXIT HUP INT TERM
	[ -n "$daemon" ] && gsh kill -f '*' > /dev/null 2>&1
	[ -n "$daemon" ] && kill "$daemon" 2> /dev/null
	wait
	exit "$status"
}
trap finish EXIT
trap 'exit 130' HUP INT TERM

fail() {
	echo "measure: $1" >&2
	exit 1
}

now() {
	date +%s%N
}

load() {
	cut -d' ' -f1 /proc/loadavg
}

# Median, least and greatest of the numbers of standard input, and how many of the timed runs had no answer.
median() {
	sort -n | awk '{ v[NR] = $1 } END { if (NR) printf "%s (%s to %s)", v[int((NR + 1) / 2)], v[1], v[NR]; else printf "none" }'
	[ -s missed ] && printf ', %s of %s runs had no answer' "$(wc -l < missed)" "$runs"
	rm -f missed
}

row() {
	echo "| $1 | $2 | $(load) |"
}

# timed COMMAND: runs it as often as wanted, and prints the milliseconds of each run that had an answer.
timed() {
	count=0
	: > missed
	while [ "$count" -lt "$runs" ]; do
		begin=$(now)
		eval "$1" > out 2> err
		status=$?
		end=$(now)
		case $status in
			0) echo $(((end - begin) / 1000000)) ;;
			5) head -n 1 err | tee -a missed >&2 ;;
			*) fail "failed: $1: $(cat err)" ;;
		esac
		count=$((count + 1))
	done
}

source_of() {
	printf 'class %s { public static void main(String[] args) throws Exception { %s } }\n' "$1" "$2" > "$1.java"
}

start_daemon() {
	rm -f daemon.out
	gsh daemon > daemon.out 2>&1 &
	daemon=$!
	until [ -e daemon.out ] && grep -q 'gshell daemon .* runs' daemon.out; do
		kill -0 "$daemon" || fail "the daemon has ended: $(cat daemon.out)"
		sleep 0.02
	done
}

# The processes of the groups, and the sum of a field of theirs in kilobytes.
processes() {
	pgrep -f "GroupProcess $HOME/"
}

sum() {
	for each in $(processes); do
		cat "/proc/$each/$1"
	done | awk -v field="$2:" '$1 == field { sum += $2 } END { printf "%.1f", sum / 1024 }'
}

ticks() {
	for each in $(processes); do
		sed 's/.*) //' "/proc/$each/stat"
	done | awk '{ sum += $12 + $13 } END { print sum }'
}

[ -d "$(echo "$folder"/gshell-*)" ] || unzip -q "$zip" || exit 1
PATH=$(echo "$folder"/gshell-*/bin):$PATH
export PATH
source_of Sleeps 'Thread.sleep(86_400_000);'
source_of Serves 'String name = "s" + ProcessHandle.current().pid() + "-" + System.nanoTime();
	try (io.adaptive.node.AdaptiveNode node = io.adaptive.node.AdaptiveNode.builder().build()) {
		node.newServer().publish(io.adaptive.server.Service.named("measure", name).handle(String.class, (text) -> text));
		node.serve(); }'
source_of Ticks 'while (true) { java.time.Instant at = java.time.Instant.now();
	System.out.println(at.getEpochSecond() * 1_000_000_000L + at.getNano()); Thread.sleep(200); }'
source_of Prints 'byte[] line = ("x".repeat(99) + "\n").getBytes(); long begin = System.nanoTime();
	java.io.PrintStream out = new java.io.PrintStream(System.out, false);
	byte[] lines = new byte[8_000]; for (int i = 0; i < 80; i++) { System.arraycopy(line, 0, lines, i * 100, 100); }
	int count = Integer.parseInt(args[0]); for (int i = 0; i < count * 125; i++) { System.out.write(lines); }
	System.out.flush(); if (args.length > 1) { java.nio.file.Files.writeString(java.nio.file.Path.of(args[1]),
	String.valueOf((System.nanoTime() - begin) / 1_000_000)); }'
source_of Reads 'byte[] buffer = new byte[65536]; long count = 0;
	for (int read; (read = System.in.read(buffer)) >= 0; ) { count += read; } System.out.println(count);'

start_daemon
# The archives are made in the background, that of groups after the first one: not beside what is measured.
gsh run --group first example/hello > /dev/null || exit 1
gsh id > /dev/null
echo 'waits for the archives' >&2
until [ "$(find "$XDG_CACHE_HOME" -name '*.archive' | wc -l)" = 3 ]; do
	kill -0 "$daemon" || fail 'the daemon has ended'
	sleep 1
done
gsh kill -f first > /dev/null
kill "$daemon"
wait "$daemon"
start_daemon
java=$(gsh info | sed -n 's/^java: *//p')
echo "| $(date +%Y-%m-%d), Java $java, $(nproc) cores, $runs runs | ms | load |"
echo '| --- | --- | --- |'

measure_commands() {
	for count in 1 2 3 4 5 6 7 8 9 10; do
		gsh run --group "a$((count % 2))" Sleeps.java > /dev/null || exit 1
		gsh run --group "a$((count % 2))" Sleeps.java > /dev/null || exit 1
	done
	row '`gsh --help`' "$(timed 'gsh --help' | median)"
	row '`gsh id`' "$(timed 'gsh id' | median)"
	row '`gsh info`' "$(timed 'gsh info' | median)"
	row '`gsh ps` of 20 jobs in 2 groups' "$(timed 'gsh ps' | median)"
	before=$daemon
	kill -9 "$daemon"
	wait "$before" 2> /dev/null
	begin=$(now)
	start_daemon
	end=$(now)
	row 'daemon killed and started again: it runs' "$(((end - begin) / 1000000))"
	asked=1
	until gsh ps > out 2> err && [ "$(wc -l < out)" = 21 ]; do
		asked=$((asked + 1))
		[ "$asked" -le 50 ] || fail "ps is wrong: $(cat out err)"
	done
	row "the same: \`gsh ps\` number $asked has printed all 20 jobs" "$((($(now) - begin) / 1000000))"
	gsh kill -f 'a*' > /dev/null
}

measure_runs() {
	row '`gsh run example/hello` in a new group' "$(timed 'gsh run example/hello' | median)"
	gsh kill -f '*' > /dev/null
	gsh run --group b Sleeps.java > /dev/null
	number=0
	row 'the same in a running group, code that no group has compiled' "$(timed 'number=$((number + 1));
		sed "s/Hello from/Hello $number from/" "$folder"/gshell-*/grepo/example/hello/Hello.java > Hello.java; gsh run --group b Hello.java' | median)"
	row 'the same, unchanged code' "$(timed 'gsh run --group b example/hello' | median)"
	gsh kill -f '*' > /dev/null
}

measure_memory() {
	gsh run --group c Sleeps.java > /dev/null
	sleep 30
	row 'idle group with one sleeping job, 30 s after its start, MB: resident' "$(sum status VmRSS)"
	row 'the same, without pages that other processes share' "$(sum smaps_rollup Pss)"
	gsh run --group c Serves.java > /dev/null
	sleep 10
	before=$(sum status VmRSS)
	for count in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		gsh run --group c Serves.java > /dev/null || exit 1
	done
	sleep 30
	row 'a job with a published service more, MB resident, mean of 20' \
		"$(echo "$before $(sum status VmRSS)" | awk '{ printf "%.2f", ($2 - $1) / 20 }')"
	gsh kill -f '*' > /dev/null
}

measure_many() {
	begin=$(now)
	for group in 0 1 2 3 4 5 6 7 8 9; do
		for count in 1 2 3 4 5 6 7 8 9 10; do
			gsh run --group "d$group" Serves.java > /dev/null || exit 1
		done
	done
	row '100 jobs with a service in 10 groups, one `gsh run` after the other: started' "$((($(now) - begin) / 1000000))"
	row '`gsh ps` of these' "$(timed 'gsh ps' | median)"
	sleep 30
	row 'resident memory of the 10 groups, MB' "$(sum status VmRSS)"
	row 'the same, shared pages counted once' "$(sum smaps_rollup Pss)"
	before=$(ticks)
	sleep 60
	row 'their processor time in 60 s of idling, % of a core' "$(echo "$before $(ticks)" | awk '{ printf "%.2f", ($2 - $1) / 60 }')"
	gsh kill -f '*' > /dev/null
}

measure_streams() {
	job=$(gsh run --group e Ticks.java)
	mkfifo lines
	gsh log -f -n 0 "$job" > lines &
	row '`gsh log -f`: a line is on the screen after' "$(while read -r line; do
		echo $((($(now) - line) / 1000000))
		count=$((${count:-0} + 1))
		[ "$count" -ge 50 ] && break
	done < lines | median)"
	rm lines
	gsh rm -f "$job" > /dev/null
	# Warm, as the job and both relays are compiled while they run.
	row '`gsh run -i`: output, MB/s' "$(for count in 1 2 3; do
		gsh run -i --rm --group e Prints.java 300 "$folder/took" | wc -c > count
		[ "$(cat count)" = 300000000 ] || fail 'output is missing'
		awk '{ printf "%.0f\n", 300000 / $1 }' took
	done | median)"
	row '`gsh run -i`: input, MB/s' "$(for count in 1 2 3; do
		begin=$(now)
		[ "$(head -c 300000000 /dev/zero | gsh run -i --rm --group e Reads.java)" = 300000000 ] || fail 'input is missing'
		echo $((300000000000 / ($(now) - begin)))
	done | median)"
	row 'output into the log, MB/s' "$(for count in 1 2 3; do
		rm -f took
		gsh run --group e Prints.java 300 "$folder/took" > /dev/null
		until [ -s took ]; do sleep 0.1; done
		awk '{ printf "%.0f\n", 300000 / $1 }' took
	done | median)"
	gsh kill -f '*' > /dev/null
}

for part in $parts; do
	"measure_$part"
done
