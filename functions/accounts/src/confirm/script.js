"use strict";
const [purpose, token] = location.hash.slice(1).split("=");
// Out of the address bar and the history.
history.replaceState(null, "", location.pathname);
const purposes = {
  verify_email: ["Confirm that this address is yours.", "/api/auth/verify-email", "Your address is confirmed."],
  change_email: ["Confirm that this new address is yours.", "/api/auth/confirm-email", "Your account has the new address."],
  reset_password: ["Choose a new password.", "/api/auth/reset-password", "Your password is changed. Sign in with it."],
};
const part = (id) => document.getElementById(id);
const known = Object.hasOwn(purposes, purpose) && token ? purposes[purpose] : null;
if (known) {
  const [what, path, done] = known;
  part("what").textContent = what;
  part("field").hidden = purpose !== "reset_password";
  part("go").hidden = false;
  part("go").addEventListener("click", async () => {
    part("go").disabled = true;
    const body = purpose === "reset_password" ? { token, new_password: part("password").value } : { token };
    try {
      const answer = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      if (answer.ok) {
        part("field").hidden = part("go").hidden = true;
        part("outcome").textContent = done;
        return;
      }
      const problem = await answer.json();
      part("outcome").textContent = problem.errors?.[0]?.detail ?? problem.detail;
    } catch {
      part("outcome").textContent = "The server does not answer. Try again in a moment.";
    }
    part("go").disabled = false;
  });
}
