// Asks the browser for a security key, and sends what it answers: form[data-key=create] adds one, [data-key=get] uses one.
// What may be asked for stands in the data block #key-options.
import { on } from "./dom.js";

on("click", "form[data-key] button[type=button]", async (_, button) => {
  const form = button.form;
  const said = form.querySelector("[role=alert]");
  said.textContent = "";
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    said.textContent = "This browser cannot use security keys here. It needs HTTPS, and to be of 2025 or newer.";
    return;
  }
  try {
    form.elements.credential.value = JSON.stringify(await ask(form.dataset.key));
    form.submit();
  } catch {
    said.textContent = "The key did not answer. Nothing was changed; try again.";
  }
});

async function ask(how) {
  const options = JSON.parse(document.getElementById("key-options").textContent);
  const { publicKey } = options.creation_options ?? options.request_options;
  if (how === "create") return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}
