// @ts-check
/** All sessions, by tag. */
import { text } from '/chart.js';

export async function showList() {
	const body = document.querySelector('#sessions tbody');
	const tag = /** @type {HTMLInputElement} */ (document.getElementById('tag'));
	tag.value = new URLSearchParams(location.search).get('tag') ?? '';
	let sessions = [];
	const show = () => body.replaceChildren(...sessions.filter((each) => each.tag.includes(tag.value)).map((each) => {
		const row = document.createElement('tr');
		const link = document.createElement('a');
		link.href = `/${encodeURIComponent(each.tag)}/${encodeURIComponent(each.name)}`;
		link.textContent = each.name;
		const cell = document.createElement('td');
		cell.append(link);
		row.append(text('td', '', each.tag), cell, text('td', '', time(each.opened)), text('td', '', each.lastMillis ? time(each.lastMillis) : 'none'),
			text('td', 'number', String(each.samples)), text('td', '', (each.live ? 'live' : 'ended') + (each.pinned ? ', pinned' : '')));
		return row;
	}));
	tag.addEventListener('input', () => {
		history.replaceState(null, '', tag.value ? `/?tag=${encodeURIComponent(tag.value)}` : '/');
		show();
	});
	const known = new Map();
	const earlier = document.getElementById('earlier');
	/**
	 * Takes the latest sessions, or those before a moment. One that is away was deleted.
	 * @param {number} [before]
	 * @returns {Promise<boolean>} whether there was one that is new
	 */
	const load = async (before) => {
		const answer = await (await fetch(before ? `/api/sessions?before=${before}` : '/api/sessions')).json();
		const oldest = answer.length ? answer[answer.length - 1].opened : 0;
		const count = known.size;
		sessions.filter((each) => each.opened > oldest && (!before || each.opened < before)).forEach((each) => known.delete(key(each)));
		const kept = known.size;
		answer.forEach((each) => known.set(key(each), each));
		sessions = [...known.values()].sort((a, b) => b.opened - a.opened);
		show();
		return known.size > Math.max(count, kept);
	};
	await load();
	earlier.hidden = sessions.length === 0;
	earlier.addEventListener('click', async () => {
		earlier.hidden = !await load(sessions[sessions.length - 1].opened + 1);
	});
	setInterval(() => load(), 5000);
}

const key = (session) => `${session.tag}/${session.name}`;

export function time(millis) {
	return new Date(millis).toLocaleString();
}
