// Draws the trace that the last part of this page's address names. Reads it where the page is,
// and writes what it read as text only, never as markup.

import { byId, count, element, hideNotice, notice, page, read, textOf } from './trace-common.js';
import { dark, draw } from './trace-diagram.js';
import { listRecords, summarize } from './trace-records.js';

const DOWNLOADS = { mermaid: ['Mermaid', 'mmd'], plantuml: ['PlantUML', 'puml'], text: ['Text', 'txt'], json: ['JSON', 'json'] };
let shown = null;

function noticeOfFailure(failure) {
	byId('summary').textContent = '';
	if (failure.status !== 404) {
		notice('The trace could not be read', element('p', '', failure.message));
		return;
	}
	const endpoint = location.href.slice(0, location.href.lastIndexOf('/'));
	notice('There are no records of this trace',
		element('p', '', 'Records are there once a marked message was sent. DELETE of this address clears them, '
			+ 'and the oldest go first when there are too many.'),
		element('p', '', 'This marks the next message of a type, and answers with the token by which to read what becomes of it:'),
		element('pre', 'code', `curl -H 'Content-Type: application/json' -d '{"type": "com.example.OrderRequest", "count": 1}' ${endpoint}`));
}

function listSessions(traces, leftOut) {
	const buttons = traces.map((trace) => {
		const button = element('button', '', `${trace.token.split('.').pop()} · ${count(trace.events.length, 'record')}`);
		button.type = 'button';
		button.title = trace.token;
		button.addEventListener('click', () => select(trace, button));
		return button;
	});
	const more = leftOut ? [element('span', 'faint', `${count(leftOut, 'trace')} more, by their tokens`)] : [];
	byId('sessions').replaceChildren(...buttons, ...more);
	byId('sessions').hidden = traces.length < 2 && !leftOut;
	select(traces[0], buttons[0]);
}

function select(trace, button) {
	for (const other of byId('sessions').querySelectorAll('button')) {
		other.setAttribute('aria-pressed', String(other === button));
	}
	shown = trace;
	hideNotice();
	byId('token').textContent = trace.token;
	document.title = `Trace ${trace.token}`;
	summarize(trace);
	listDownloads(trace);
	listRecords(trace);
	draw(trace);
}

function listDownloads(trace) {
	byId('downloads').replaceChildren(...Object.entries(DOWNLOADS).map(([format, [label, suffix]]) => {
		const button = element('button', '', label);
		button.type = 'button';
		button.title = `Download as ${label}`;
		button.addEventListener('click', () => download(trace, format, suffix));
		return element('li', '', button);
	}));
}

// The file is made here, since what the endpoint answers has no name that a browser would keep.
async function download(trace, format, suffix) {
	try {
		const link = element('a', '');
		link.href = URL.createObjectURL(new Blob([await textOf(trace, format)]));
		link.download = `trace-${trace.token}.${suffix}`;
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
	}
	catch (failure) {
		notice('The file could not be made', element('p', '', failure.message));
	}
}

async function start() {
	byId('token').textContent = page;
	if (page === 'trace.html') {
		byId('summary').textContent = '';
		notice('Which trace?', element('p', '', 'Write its token, or "all", in place of trace.html at the end of the address.'));
		return;
	}
	const { traces, leftOut } = await (await read(page, 'json')).json();
	if (!traces.length) {
		throw Object.assign(new Error(), { status: 404 });
	}
	listSessions(traces, leftOut);
}

dark.addEventListener('change', () => shown && draw(shown));
start().catch(noticeOfFailure).finally(() => {
	if (!shown) {
		document.documentElement.dataset.drawn = '';
	}
});
