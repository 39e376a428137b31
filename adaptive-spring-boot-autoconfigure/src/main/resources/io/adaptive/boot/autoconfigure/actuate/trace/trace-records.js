// The table of a trace's records, and the line that sums them up.

import { byId, count, element } from './trace-common.js';

const WHAT = {
	CLIENT_SEND: 'client send',
	HANDLER: 'handler',
	SERVER_SEND: 'server send',
	CLIENT_RECV: 'client recv',
};

function failed(event) {
	return event.content === 'ERROR' || event.content === 'FAILURE';
}

// The fraction of a second is read apart: a date knows milliseconds only.
function milliseconds(trace) {
	const [start] = trace.events;
	const second = (event) => Date.parse(event.time.replace(/\.\d+/, ''));
	const fraction = (event) => 1000 * Number((/\.\d+/.exec(event.time) || ['0'])[0]);
	return (event) => second(event) - second(start) + fraction(event) - fraction(start);
}

export function summarize(trace) {
	const since = milliseconds(trace);
	const services = new Set(trace.events.map((event) => event.service));
	const programs = new Set(trace.events.map((event) => event.program));
	const errors = trace.events.filter(failed).length;
	const took = Math.max(...trace.events.map(since));
	const parts = [count(trace.events.length, 'record'), count(services.size, 'service'), count(programs.size, 'program'),
		`${took.toFixed(took < 100 ? 1 : 0)} ms`, new Date(trace.events[0].time).toLocaleString()];
	if (errors) {
		parts.splice(1, 0, `${errors} of them errors`);
	}
	if (trace.leftOut) {
		parts.splice(1, 0, `${trace.leftOut.toLocaleString('en')} more were left out`);
	}
	byId('summary').textContent = parts.join(' · ');
}

function simpleName(type) {
	return type.slice(type.lastIndexOf('.') + 1);
}

function row(event, index, since) {
	const what = element('span', `event ${event.event.toLowerCase().replace('_', '-')}`, WHAT[event.event] || event.event);
	const name = simpleName(event.messageType);
	const type = element('span', 'type', name || event.content.toLowerCase());
	type.title = event.messageType;
	const text = name && event.text.startsWith(name) ? event.text.slice(name.length) : event.text;
	const line = element('tr', failed(event) ? 'failed' : '',
		element('td', 'number', String(index + 1)),
		element('td', 'number', since(event).toFixed(3)),
		element('td', '', what),
		element('td', '', event.service, element('span', 'faint provider', event.program)),
		element('td', '', type, element('span', 'message code', text)),
		element('td', '', event.scope, element('span', 'faint', event.connection)));
	line.dataset.text = line.textContent.toLowerCase();
	return line;
}

export function listRecords(trace) {
	const since = milliseconds(trace);
	byId('rows').replaceChildren(...trace.events.map((event, index) => row(event, index, since)));
	byId('records').hidden = false;
	filter();
}

function filter() {
	const wanted = byId('filter').value.toLowerCase();
	for (const line of byId('rows').children) {
		line.hidden = !line.dataset.text.includes(wanted);
	}
}

byId('filter').addEventListener('input', filter);
