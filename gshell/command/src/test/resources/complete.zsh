# Completes lines as an interactive zsh on a terminal of its own does by the tabulator, and prints what it has then:
#   zsh -f complete.zsh SCRIPT LINE...
zmodload zsh/zpty || exit 3
zpty shell zsh -f -i
zpty -w shell "PROMPT= RPROMPT=; autoload -Uz compinit; compinit -u -D; source ${(q)1}"
zpty -w shell 'report() { print -r -- "[$BUFFER]"; BUFFER=; }; zle -N report; bindkey "^X" report'
zpty -w shell 'print re""ady'
zpty -r shell answer '*ready*' || exit 4
for line in "${@:2}"; do
	zpty -w -n shell "$line"$'\t\x18'
	zpty -r shell answer '*\[gsh *\]*' || exit 5
	answer=${answer##*\[}
	print -r -- "[${answer%%\]*}]"
done
zpty -d shell
