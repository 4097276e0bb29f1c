/* Unpacks the data blocks of the file: base64, raw deflate, JSON. */

const BLOCKS_KEPT = 6;
const unpacked = new Map(); /* id to promise of its value, used last at the end */

/* A block that is in the page as a whole: its element is there as soon as it begins. */
function blockElement(id) {
  const node = document.getElementById(id);
  return node && (node.nextSibling || document.readyState !== "loading") ? node : null;
}

/* Waits for a block that may still be arriving. */
function blockArrived(id) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const node = blockElement(id);
      if (node) resolve(node);
      else if (document.readyState === "loading") setTimeout(look, 50);
      else reject(new Error(`The file holds no part “${id}”. Was it cut short?`));
    };
    look();
  });
}

function bytesOf(base64) {
  const binary = atob(base64.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

async function unpack(id) {
  const node = await blockArrived(id);
  const packed = new Blob([bytesOf(node.textContent)]).stream();
  try {
    return JSON.parse(await new Response(packed.pipeThrough(new DecompressionStream("deflate-raw"))).text());
  } catch {
    throw new Error(`The part “${id}” of this file cannot be read. It is damaged, or the browser is too old to unpack it.`);
  }
}

/* A promise of the value of a block. Those used last are kept. */
function block(id) {
  const value = unpacked.get(id) || unpack(id);
  unpacked.delete(id);
  unpacked.set(id, value);
  if (unpacked.size > BLOCKS_KEPT) unpacked.delete(unpacked.keys().next().value);
  return value;
}
