// A drawing in React Flow, as its documentation builds one: the caller hands over nodes and edges.
import { ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

function Drawing({ nodes: ownNodes, edges: ownEdges }) {
  const [nodes, , onNodesChange] = useNodesState(ownNodes);
  const [edges, , onEdgesChange] = useEdgesState(ownEdges);
  return createElement(ReactFlow, {
    nodes,
    edges,
    onNodesChange,
    onEdgesChange,
    fitView: true,
    minZoom: 0.01,
  });
}

let root;

window.flow = (drawing) => {
  root?.unmount();
  root = createRoot(document.getElementById('root'));
  root.render(createElement(Drawing, drawing));
};
