'use strict';

// Draws the trace that the last part of this page's address names. Reads it where the page is,
// and writes what it read as text only, never as markup.

const WHAT = {
	CLIENT_SEND: 'client send',
	HANDLER: 'handler',
	SERVER_SEND: 'server send',
	CLIENT_RECV: 'client recv',
};
const DOWNLOADS = { mermaid: ['Mermaid', 'mmd'], plantuml: ['PlantUML', 'puml'], text: ['Text', 'txt'], json: ['JSON', 'json'] };
const DEPENDENCY = `<dependency>
	<groupId>org.webjars.npm</groupId>
	<artifactId>mermaid</artifactId>
	<version>11.14.0</version>
	<exclusions>
		<exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion>
	</exclusions>
</dependency>`;

const SMALLEST = 0.72;
const LINE = 26;

const dark = matchMedia('(prefers-color-scheme: dark)');
const byId = (id) => document.getElementById(id);
const page = decodeURIComponent(location.pathname.split('/').pop());
let shown = null;
let pictures = 0;

function element(name, className, ...content) {
	const made = document.createElement(name);
	if (className) {
		made.className = className;
	}
	made.append(...content);
	return made;
}

function address(token, format) {
	return `${encodeURIComponent(token)}?format=${format}`;
}

async function read(token, format) {
	const response = await fetch(address(token, format), { headers: { Accept: '*/*' } });
	if (!response.ok) {
		const problem = await response.json().catch(() => ({}));
		throw Object.assign(new Error(problem.message || `The answer was ${response.status}`), { status: response.status });
	}
	return response;
}

function count(number, word) {
	return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}

function notice(title, ...paragraphs) {
	byId('notice').replaceChildren(element('h2', '', title), ...paragraphs);
	byId('notice').hidden = false;
}

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

// --- sessions

function listSessions(traces) {
	const buttons = traces.map((trace) => {
		const button = element('button', '', `${trace.token.split('.').pop()} · ${count(trace.events.length, 'record')}`);
		button.type = 'button';
		button.title = trace.token;
		button.addEventListener('click', () => select(trace, button));
		return button;
	});
	byId('sessions').replaceChildren(...buttons);
	byId('sessions').hidden = traces.length < 2;
	select(traces[0], buttons[0]);
}

function select(trace, button) {
	for (const other of byId('sessions').children) {
		other.setAttribute('aria-pressed', String(other === button));
	}
	shown = trace;
	byId('token').textContent = trace.token;
	document.title = `Trace ${trace.token}`;
	summarize(trace);
	listDownloads(trace);
	listRecords(trace);
	draw(trace);
}

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

function summarize(trace) {
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

function listDownloads(trace) {
	byId('downloads').replaceChildren(...Object.entries(DOWNLOADS).map(([format, [label, suffix]]) => {
		const link = element('a', '', label);
		link.href = address(trace.token, format);
		link.download = `trace-${trace.token}.${suffix}`;
		link.title = `Download as ${label}`;
		return element('li', '', link);
	}));
}

// --- records

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

function listRecords(trace) {
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

// --- picture

const mermaidLoaded = new Promise((resolve) => {
	const script = document.createElement('script');
	script.src = 'mermaid.min.js';
	script.addEventListener('load', () => resolve(true));
	script.addEventListener('error', () => resolve(false));
	document.head.append(script);
});

function color(name) {
	return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// Mermaid measures characters that are written as numbers by their digits, and would break lines
// within them. So lines are broken here, and colons, which mean nothing to it there, are written as such.
function broken(line) {
	const [, start, label] = /^(\s*(?:participant \S+ as |[^:]*: ))(.*)$/.exec(line) || [];
	if (!label || /^(no)?wrap/.test(label)) {
		return line;
	}
	return start + linesOf(label.replace(/(?<!^)#58;/g, ':'), start.includes('participant') ? '@' : ' ,([').join('<br/>');
}

function linesOf(label, breaks) {
	const lines = [''];
	for (const character of label.match(/#\d+;|./gu)) {
		const at = lines.length - 1;
		if (lines[at].replace(/#\d+;/g, '.').length >= (breaks === '@' ? 1 : LINE) && breaks.includes(character)) {
			lines.push(' @'.includes(character) ? '' : character);
		}
		else {
			lines[at] += character;
		}
	}
	return lines;
}

function configure() {
	mermaid.initialize({
		startOnLoad: false,
		securityLevel: 'strict',
		suppressErrorRendering: true,
		deterministicIds: true,
		maxTextSize: 4_000_000,
		theme: 'base',
		fontSize: 13,
		fontFamily: getComputedStyle(document.body).fontFamily,
		themeVariables: {
			darkMode: dark.matches,
			fontSize: '13px',
			background: color('card'),
			textColor: color('text'),
			actorBkg: color('accent-ground'),
			actorBorder: color('accent'),
			actorTextColor: color('text'),
			actorLineColor: color('line'),
			signalColor: color('faint'),
			signalTextColor: color('text'),
			activationBkgColor: color('accent-ground'),
			activationBorderColor: color('accent'),
			sequenceNumberColor: color('card'),
			noteBkgColor: color('ground'),
			noteBorderColor: color('line'),
			noteTextColor: color('text'),
			labelBoxBkgColor: color('ground'),
			labelBoxBorderColor: color('line'),
			labelTextColor: color('text'),
			loopTextColor: color('text'),
		},
		sequence: {
			useMaxWidth: false,
			width: 170,
			actorFontSize: 13,
			actorFontWeight: 600,
			messageFontSize: 12,
			noteFontSize: 12,
			diagramMarginX: 4,
			diagramMarginY: 4,
			actorMargin: 70,
			height: 46,
			messageMargin: 34,
			boxMargin: 8,
			mirrorActors: true,
		},
	});
}

async function draw(trace) {
	byId('picture').hidden = false;
	const drawn = ++pictures;
	const loaded = await mermaidLoaded;
	try {
		const source = await (await read(trace.token, loaded ? 'mermaid' : 'text')).text();
		if (!loaded) {
			showText(source);
			notice('This is the diagram as text', element('p', '', 'For the picture, add Mermaid to the application that this page is of:'),
				element('pre', 'code', DEPENDENCY));
			return;
		}
		configure();
		const { svg } = await mermaid.render(`sequence-${drawn}`, source.split('\n').filter((line) => line.trim() !== 'autonumber').map(broken).join('\n'));
		if (drawn === pictures) {
			byId('diagram').innerHTML = svg;
			fit(byId('diagram').firstChild);
			keepParticipantsInSight();
		}
	}
	catch (failure) {
		notice('The diagram could not be drawn', element('p', '', failure.message));
		read(trace.token, 'text').then((response) => response.text()).then(showText, () => {});
	}
	finally {
		document.documentElement.dataset.drawn = trace.token;
	}
}

function showText(text) {
	byId('participants').replaceChildren();
	byId('diagram').replaceChildren(element('pre', 'code', text));
}

// A picture that is a little too wide is made smaller, one that is much too wide is scrolled.
function fit(svg) {
	const { width } = svg.viewBox.baseVal;
	svg.style.width = `clamp(${Math.round(SMALLEST * width)}px, 100%, ${Math.round(width)}px)`;
	svg.removeAttribute('width');
	svg.removeAttribute('height');
}

// In a picture that is higher than the window, the participants' boxes stay at its top.
function keepParticipantsInSight() {
	const svg = byId('diagram').querySelector('svg');
	const boxes = [...svg.querySelectorAll('rect.actor-top')];
	const bar = byId('participants');
	bar.classList.remove('shown');
	bar.replaceChildren();
	if (!boxes.length || svg.getBoundingClientRect().height < innerHeight) {
		return;
	}
	const copy = svg.cloneNode(false);
	const { x, width } = svg.viewBox.baseVal;
	const bottom = Math.max(...boxes.map((box) => box.y.baseVal.value + box.height.baseVal.value)) + 6;
	copy.setAttribute('viewBox', `${x} -6 ${width} ${bottom + 6}`);
	copy.append(svg.querySelector('style').cloneNode(true), ...boxes.map((box) => box.parentNode.cloneNode(true)));
	copy.querySelectorAll('line').forEach((line) => line.remove());
	bar.append(copy);
	follow();
}

function follow() {
	const bar = byId('participants');
	if (bar.firstChild) {
		const { top, bottom } = byId('diagram').getBoundingClientRect();
		bar.classList.toggle('shown', top < -40 && bottom > 160);
		bar.scrollLeft = byId('diagram').scrollLeft;
	}
}

byId('filter').addEventListener('input', filter);
byId('diagram').addEventListener('scroll', follow);
addEventListener('scroll', follow, { passive: true });
dark.addEventListener('change', () => shown && draw(shown));

byId('token').textContent = page;
read(page, 'json').then((response) => response.json()).then(({ traces }) => {
	if (!traces.length) {
		throw Object.assign(new Error(), { status: 404 });
	}
	listSessions(traces);
}).catch((failure) => {
	noticeOfFailure(failure);
	document.documentElement.dataset.drawn = '';
});
