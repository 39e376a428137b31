// @ts-check
/** What is seen is in the address: reading it again shows the same. */

const DEFAULT_FILTER = '2,10,10,20';
const FILTER = /^\d{1,9}(\.\d{1,3})?(,\d{1,9}(\.\d{1,3})?){3}$/;

export class State {

	constructor() {
		const query = new URLSearchParams(location.search);
		const filter = query.get('filter') ?? DEFAULT_FILTER;
		this.filterRefused = !FILTER.test(filter);
		this.filter = this.filterRefused ? DEFAULT_FILTER : filter;
		this.top = number(query.get('top'), 30, 0, 30);
		this.window = number(query.get('window'), 600, 10, 31536000);
		/** Frozen or zoomed: a span; live: 0. */
		this.from = number(query.get('from'), 0, 0, 8e15);
		this.to = number(query.get('to'), 0, 0, 8e15);
		if (this.to <= this.from) {
			this.from = 0;
			this.to = 0;
		}
		this.at = number(query.get('at'), 0, 0, 8e15);
		/** The charts with the series of the machine, and those with processes. */
		this.machine = parts(query.get('machine'), '0');
		this.processes = parts(query.get('processes'), '1');
		/** What is open below the charts, and the time of the tree that is chosen. */
		this.open = new Set((query.get('open') ?? '').split(',').filter((id) => id));
		this.tree = number(query.get('tree'), 0, 0, 8e15);
		/** The session beside this one, and whether both begin at the same place. */
		this.other = /^[\w.-]+\/[\w.-]+$/.test(query.get('with') ?? '') ? query.get('with') ?? '' : '';
		this.fromStart = query.get('align') === 'start';
		this.atOther = query.get('of') === 'other' && this.other !== '';
		/** The one process that is followed, by its key. */
		this.only = query.get('only') ?? '';
		this.off = new Set((query.get('off') ?? '').split(',').filter((key) => key));
		this.theme = query.get('theme') ?? '';
	}

	get frozen() {
		return this.to > 0;
	}

	write() {
		const query = new URLSearchParams();
		const set = (name, value, usual) => {
			if (value !== usual) {
				query.set(name, String(value));
			}
		};
		set('filter', this.filter, DEFAULT_FILTER);
		set('top', this.top, 30);
		set('window', this.window, 600);
		set('from', Math.round(this.from), 0);
		set('to', Math.round(this.to), 0);
		set('at', Math.round(this.at), 0);
		set('of', this.at && this.atOther ? 'other' : '', '');
		set('machine', word(this.machine), '0');
		set('processes', word(this.processes), '1');
		set('open', [...this.open].join(','), '');
		set('tree', this.tree, 0);
		set('with', this.other, '');
		set('align', this.other && this.fromStart ? 'start' : '', '');
		set('only', this.only, '');
		set('off', [...this.off].join(','), '');
		set('theme', this.theme, '');
		const text = query.toString().replaceAll('%2C', ',').replaceAll('%2F', '/');
		history.replaceState(null, '', location.pathname + (text ? '?' + text : ''));
	}

}

/** 1 for both charts, 0 for none, or the name of one. */
function parts(text, usual) {
	const word = text ?? usual;
	return new Set(['cpu', 'memory'].filter((part) => word === '1' || word === part));
}

function word(set) {
	return set.size === 2 ? '1' : set.size === 0 ? '0' : [...set][0];
}

function number(text, usual, least, greatest) {
	const value = text === null || text === '' ? NaN : Number(text);
	return Number.isFinite(value) ? Math.min(greatest, Math.max(least, value)) : usual;
}
