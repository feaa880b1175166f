// What a member made so far, which this browser keeps and nobody else gets.

// files: the folder, path → bytes. kept: values of brand.yaml that came with it, also those without a field.
// stories: those that the form can hold, {path, fields, read}; a new one has no path until it can be written.
// read: what the person read, and on which day.
export const draft = { files: {}, kept: {}, stories: [] };

function store(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("studio", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("draft");
    opening.onerror = reject;
    opening.onsuccess = () => {
      const asked = work(opening.result.transaction("draft", mode).objectStore("draft"));
      asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
      asked.onerror = reject;
    };
  });
}

// Without a place to keep it (storage that is switched off, a full disk), the page works all the same, and says so.
const unkept = () => { document.getElementById("unkept").hidden = false; };

export const remember = (fields) => store("readwrite", (drafts) => drafts.put({ files: draft.files, fields, stories: draft.stories }, "now")).catch(unkept);
export const recall = () => store("readonly", (drafts) => drafts.get("now")).catch(unkept);
export const forget = () => store("readwrite", (drafts) => drafts.clear()).catch(() => {});
