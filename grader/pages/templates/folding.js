"use strict";
// A line that is linked to may lie in a closed part: open it before the browser scrolls there.
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  if (target && target.closest("details")) target.scrollIntoView({ block: "center" });
};
addEventListener("hashchange", reveal);
reveal();
// Paper can't be unfolded. The style sheet does the same where a browser knows ::details-content.
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const part of closed) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of closed) part.open = false;
});
