// The picture of a trace, drawn by Mermaid if the application has it.

import { byId, element, notice, textOf } from './trace-common.js';

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

export const dark = matchMedia('(prefers-color-scheme: dark)');
let pictures = 0;

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

export async function draw(trace) {
	byId('picture').hidden = false;
	byId('diagram').replaceChildren();
	byId('participants').replaceChildren();
	const drawn = ++pictures;
	const current = () => drawn === pictures;
	const loaded = await mermaidLoaded;
	try {
		const source = await textOf(trace, loaded ? 'mermaid' : 'text');
		if (!current()) {
			return;
		}
		if (!loaded) {
			showText(source);
			notice('This is the diagram as text', element('p', '', 'For the picture, add Mermaid to the application that this page is of:'),
				element('pre', 'code', DEPENDENCY));
			return;
		}
		configure();
		const { svg } = await mermaid.render(`sequence-${drawn}`, source.split('\n').filter((line) => line.trim() !== 'autonumber').map(broken).join('\n'));
		if (current()) {
			byId('diagram').innerHTML = svg;
			fit(byId('diagram').firstChild);
			keepParticipantsInSight();
		}
	}
	catch (failure) {
		if (current()) {
			notice('The diagram could not be drawn', element('p', '', failure.message));
			textOf(trace, 'text').then((text) => current() && showText(text), () => {});
		}
	}
	finally {
		if (current()) {
			document.documentElement.dataset.drawn = trace.token;
		}
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

byId('diagram').addEventListener('scroll', follow);
addEventListener('scroll', follow, { passive: true });
