#!/bin/sh
# Plays docs/guide/gshell.md from an unpacked distribution in an empty folder, and prints the transcript:
#   play-guide.sh gshell-VERSION.zip EMPTY-FOLDER
# Each step says what its output has to match. The first that does not ends the play with status 1.
set -u

zip=$1
folder=$2
mkdir -p "$folder" && cd "$folder" || exit 1
HOME=$folder/home
XDG_CACHE_HOME=$folder/home/.cache
ADAPTIVE_OS_SOCKET_DIRECTORY=$folder/s
export HOME XDG_CACHE_HOME ADAPTIVE_OS_SOCKET_DIRECTORY
mkdir "$HOME"
daemon=

finish() {
	status=$?
	trap - EXIT
	trap '' HUP INT TERM
	[ -n "$daemon" ] && gsh kill -f '*' > /dev/null 2>&1
	[ -n "$daemon" ] && kill "$daemon" 2> /dev/null
	await_end
	exit "$status"
}

# Waits until no process works in the folder, so that it can be deleted. Processes that have not ended after a minute are
# killed: on a busy machine those that make archives take longer, at the lowest priority.
await_end() {
	end=$(($(date +%s) + 60))
	while processes=$(pgrep -f "$folder/(gshell-|home/)"); do
		if [ "$(date +%s)" -ge "$end" ]; then
			echo 'play-guide: killed, as they have not ended:' $processes >&2
			kill -9 $processes
			sleep 1
			return
		fi
		sleep 0.2
	done
}
trap finish EXIT
trap 'exit 130' HUP INT TERM

fail() {
	echo "play-guide: $1" >&2
	exit 1
}

# step STATUS PATTERN COMMAND: the output, errors included, has a line that the pattern fits.
step() {
	wanted=$1
	pattern=$2
	shift 2
	echo "\$ $*"
	output=$(eval "$*" 2>&1)
	status=$?
	[ -z "$output" ] || echo "$output"
	[ "$status" = "$wanted" ] || fail "status $status, not $wanted, of: $*"
	echo "$output" | grep -E -q -e "$pattern" || fail "no line fits '$pattern' in the output of: $*"
}

# await PATTERN COMMAND: asks again until it fits, for five minutes.
await() {
	pattern=$1
	shift
	end=$(($(date +%s) + 300))
	until eval "$*" 2>&1 | grep -E -q -e "$pattern"; do
		[ "$(date +%s)" -lt "$end" ] || fail "nothing fits '$pattern' in the output of: $*"
		sleep 0.5
	done
}

start_daemon() {
	gsh daemon > daemon.out 2>&1 &
	daemon=$!
	await 'gshell daemon .* runs' cat daemon.out
	await 'version:' gsh info
}

unzip -q "$zip" || exit 1
PATH=$(echo "$folder"/gshell-*/bin):$PATH
export PATH

step 3 'No daemon runs' gsh ps
step 0 '.' gsh id
echo '$ gsh daemon &'
start_daemon
cat daemon.out
step 0 '^gshell +daemon +self +0011$' gsh list -p gshell
step 0 '^limit memory: ' gsh info
step 0 '^example/$' gsh repo ls
step 0 '^hello/$' gsh repo ls example
step 0 '^Hello from Ada$' gsh exec example/hello Ada
step 0 '^[0-9a-f]{12}$' gsh run --group demo example/hello Ada
hello=$output
await 'exited:OK' gsh ps
step 0 "^$hello +demo-[^ ]+ +hello .*exited:OK" gsh ps
step 0 '^exit status: +0$' gsh ps "$hello"
step 0 '^Hello from Ada$' gsh log "$hello"
step 0 '^started$' gsh start "$hello"
await '2' "gsh log $hello | grep -c Ada"
step 0 '^typed$' "echo typed | gsh run -i --group demo --rm util/shell cat"
step 7 '' "gsh run -i --group demo --rm util/shell sh -c 'exit 7'"
step 0 '^[0-9a-f]{12}$' gsh run --group demo example/echo/server
server=$output
await 'echo server runs' gsh log server
step 0 '^[0-9a-f]{12}$' gsh run --group demo example/echo/client -cmd whoelse
await 'watching' gsh log client
step 0 'session[0-9]+: hello 3' gsh run -i --rm --group demo example/echo/client
step 0 'session[0-9]+ has left' gsh log client
step 0 '^stopped$' gsh stop client
step 1 'has ended already' gsh stop client
step 0 '^restarted$' gsh restart server
echo '$ gsh log -f server &'
gsh log -f server > followed &
follower=$!
step 0 '^started$' gsh start client
step 0 '^removed$' gsh rm -f server client
wait "$follower" || fail "log -f has not ended with 0"
cat followed
step 0 '^[0-9a-f]{12}$' gsh run --group demo example/echo/server
echo '$ kill -9 DAEMON'
kill -9 "$daemon"
wait "$daemon" 2> /dev/null
echo '$ gsh daemon &'
start_daemon
step 0 'server .*running' gsh ps
group=$(pgrep -f "GroupProcess $HOME/.local/state/gshell/groups/demo-")
echo '$ kill -9 GROUP'
kill -9 "$group"
await 'server .*running' gsh ps
step 0 'restarts: +1$' gsh ps server
step 1 'has jobs that have not exited' gsh kill demo
step 0 '^killed$' gsh kill -f demo
await '^1$' 'gsh ps | grep -c .'
step 0 'GRE ID' gsh ps
kill "$daemon"
wait "$daemon"
[ $? = 143 ] || fail "the daemon has not ended with 143"
daemon=
echo 'The guide has been played.' >&2
