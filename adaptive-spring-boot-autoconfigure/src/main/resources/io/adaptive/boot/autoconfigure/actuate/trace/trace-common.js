// What the parts of the page share.

export const byId = (id) => document.getElementById(id);

export const page = lastOf(location.pathname);

function lastOf(path) {
	const last = path.split('/').pop();
	try {
		return decodeURIComponent(last);
	}
	catch {
		return last;
	}
}

export function element(name, className, ...content) {
	const made = document.createElement(name);
	if (className) {
		made.className = className;
	}
	made.append(...content);
	return made;
}

export function count(number, word) {
	return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}

export function notice(title, ...paragraphs) {
	byId('notice').replaceChildren(element('h2', '', title), ...paragraphs);
	byId('notice').hidden = false;
}

export function hideNotice() {
	byId('notice').hidden = true;
}

// What was read stays with the trace, so that the page can still hand it out when the records are cleared.
const texts = new Map();

export function textOf(trace, format) {
	const key = `${trace.token} ${format}`;
	if (!texts.has(key)) {
		const text = read(trace.token, format).then((response) => response.text());
		texts.set(key, text);
		text.catch(() => texts.delete(key));
	}
	return texts.get(key);
}

export async function read(token, format) {
	const response = await fetch(`${encodeURIComponent(token)}?format=${format}`, { headers: { Accept: '*/*' } });
	if (!response.ok) {
		const problem = await response.json().catch(() => ({}));
		throw Object.assign(new Error(problem.message || `The answer was ${response.status}`), { status: response.status });
	}
	return response;
}
