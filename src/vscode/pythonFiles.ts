import { FileType, Uri, workspace } from 'vscode';

const skipped = new Set(['node_modules', 'site-packages', 'dist-packages', '__pycache__']);
const mostFiles = 2000;

/**
 * The Python files of a folder, those near the top first: that is where apps live, and the picker can offer them while
 * deeper folders are still to be read. Virtual environments, hidden folders and other people's packages are left out.
 * It walks by itself: the editor's file search knows no order and returns nothing before it knows everything.
 */
export async function* pythonFiles(folder: Uri, signal: AbortSignal): AsyncGenerator<Uri> {
  const waiting = [folder];
  let left = mostFiles;
  for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
    const entries = await workspace.fs.readDirectory(next).then(
      (list) => list.sort(([a], [b]) => a.localeCompare(b)),
      () => [], // not ours to read, or gone meanwhile
    );
    if (entries.some(([name]) => name === 'pyvenv.cfg')) continue;
    for (const [name, type] of entries) {
      const uri = Uri.joinPath(next, name);
      // A link to a folder could lead round in a circle: only links to files are followed.
      if (type & FileType.Directory && !(type & FileType.SymbolicLink)) {
        if (!skipped.has(name) && !name.startsWith('.')) waiting.push(uri);
      } else if (type & FileType.File && name.endsWith('.py')) {
        yield uri;
        if (--left === 0) return;
      }
    }
  }
}
